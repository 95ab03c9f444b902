/// The functions of a BLAS library that read and set its number of threads.
struct ThreadControl: Sendable {
    private let read: @Sendable () -> Int
    let set: @Sendable (Int) -> Void
    var count: Int { read() }

    /// The functions of OpenBLAS or BLIS, or nil if the process has neither.
    init?() {
        if let get = LoadedSymbol("openblas_get_num_threads"),
            let set = LoadedSymbol("openblas_set_num_threads")
        {
            typealias Get = @convention(c) () -> Int32
            typealias Set = @convention(c) (Int32) -> Void
            let (getCount, setCount) = unsafe (get.function(Get.self), set.function(Set.self))
            read = { Int(getCount()) }
            self.set = { setCount(Int32(clamping: $0)) }
        } else if let get = LoadedSymbol("bli_thread_get_num_threads"),
            let set = LoadedSymbol("bli_thread_set_num_threads")
        {
            typealias Get = @convention(c) () -> Int
            typealias Set = @convention(c) (Int) -> Void
            let (getCount, setCount) = unsafe (get.function(Get.self), set.function(Set.self))
            // BLIS says −1 while nobody has set a count: one thread.
            read = { max(1, getCount()) }
            self.set = { setCount($0) }
        } else {
            return nil
        }
    }
}
