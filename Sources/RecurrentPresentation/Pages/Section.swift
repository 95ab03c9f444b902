import RecurrentCharts

/// A section of a page, or an empty string if none of its contents has any markup.
///
/// - Parameters:
///   - id: the anchor of the section; nil if nothing links to it.
///   - title: markup.
///   - introduction: plain text below the title.
///   - contents: markup.
func section(
    _ id: String? = nil, title: String, introduction: String = "", _ contents: [String]
) -> String {
    let contents = contents.filter { !$0.isEmpty }
    guard !contents.isEmpty else { return "" }
    let lead = introduction.isEmpty ? "" : "<p class=\"introduction\">\(escaped(introduction))</p>\n"
    return """
        <section\(id.map { " id=\"\($0)\"" } ?? "")>
        <h2>\(title)</h2>
        \(lead)\(contents.joined(separator: "\n"))
        </section>
        """
}

/// A list of names and values, both markup.
///
/// - Parameter name: the class of the list, if it has one.
func definitions(_ rows: [(name: String, value: String)], class name: String? = nil) -> String {
    let items = rows.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" }
    return "<dl\(name.map { " class=\"\($0)\"" } ?? "")>\(items.joined(separator: "\n"))</dl>"
}

/// Markup in a box that scrolls sideways where it is wider than the page, also by the arrow keys.
func scrolling(_ markup: String) -> String { "<div class=\"scroll\" tabindex=\"0\">\(markup)</div>" }
