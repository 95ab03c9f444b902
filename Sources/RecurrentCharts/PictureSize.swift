/// The size of a picture in its own units: a line of text is 12 high.
package struct PictureSize: Sendable {
    package let width: Double
    package let height: Double

    package init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

    /// The size of a picture beside another one, or as wide as a phone.
    package static let column = PictureSize(width: 480, height: 250)
    /// The size of a picture as wide as a page.
    package static let wide = PictureSize(width: 860, height: 300)
}
