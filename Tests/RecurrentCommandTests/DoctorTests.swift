import Testing

@Suite struct DoctorTests {
    @Test func theDoctorSaysWhatTheEngineRunsOn() throws {
        let command = try Command.run(["doctor"])
        #expect(command.status == 0, "\(command.errors)")
        for word in [
            "BLAS", "kernel", "threads", "vector unit", "products of odd shapes are right", "Gflop/s",
        ] {
            #expect(command.output.contains(word), "\(word)")
        }
    }
}
