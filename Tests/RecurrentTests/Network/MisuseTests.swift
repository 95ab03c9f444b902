import Recurrent
import TestSupport
import Testing

/// No misuse ends without a word, in debug builds and in release builds.
@Suite struct MisuseTests {
    @Test(arguments: Misuse.allCases)
    func aMistakeInCodeStopsTheProgramWithAMessage(misuse: Misuse) async {
        expectMessage(
            misuse.message,
            from: await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                [misuse] in try misuse.commit()
            })
    }
}
