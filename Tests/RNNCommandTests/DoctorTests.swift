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

    @Test func helpAndUsage() throws {
        let help = try Command.run(["--help"])
        #expect(
            help.status == 0
                && ["forecast", "verify", "reproduce", "doctor"].allSatisfy { help.output.contains($0) })
        #expect(try Command.run(["no-such-command"]).status == 64)
    }
}
