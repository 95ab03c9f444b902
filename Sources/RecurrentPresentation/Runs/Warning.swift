/// A warning of a training.
package struct Warning: Codable, Equatable, Sendable {
    package let training: Int
    package let text: String

    package init(training: Int, text: String) {
        self.training = training
        self.text = text
    }
}
