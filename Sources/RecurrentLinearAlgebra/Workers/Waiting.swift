#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
internal import CRecurrentKernels

/// A thread's wait for others that are at work: it looks again and again, and then naps between two looks, so that it
/// takes no processor from those that it waits for, nor from other programs.
///
/// A nap needs nobody to end it, so those who work need not ask whether somebody waits.
struct Waiting {
    private var looks = 0
    private let patience: Int

    /// - Parameter threads: the number of threads that work together. More than there are processors nap sooner.
    init(threads: Int) {
        patience = threads > Processors.usable ? Tuning.looksOfCrowds : Tuning.looksBeforeNaps
    }

    /// Comes after a look in vain.
    @inline(__always)
    mutating func pause() {
        looks += 1
        if looks <= patience { recurrent_spin() } else { nap() }
    }

    private func nap() {
        var time = timespec(tv_sec: 0, tv_nsec: Tuning.napNanoseconds)
        unsafe nanosleep(&time, nil)
    }
}
