/// A mark on an axis: a value and its label.
package struct Tick: Equatable, Sendable {
    package let value: Double
    package let label: String

    package init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
}
