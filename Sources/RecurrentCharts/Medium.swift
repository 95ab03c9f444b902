/// The place where a picture is shown.
package enum Medium: Sendable {
    /// A file of its own, with white paper, title and legend.
    case file
    /// A page, which has the title and the legend and sets the size of text: on a phone it is larger, so the
    /// picture leaves room for it.
    case page
}
