import ArgumentParser
import LinearAlgebra
import Recurrent

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what the engine runs on, and test it.")
    func run() throws {}
}
