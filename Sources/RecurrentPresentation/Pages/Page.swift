import RecurrentCharts

/// A whole HTML page: one file without scripts that loads nothing else.
struct Page {
    /// Plain text.
    let title: String
    /// The seconds after which a browser loads the page again; nil for a page that no longer changes.
    var refresh: Int?
    /// Rules for what only this kind of page has, after those of `PageStyle`.
    let style: String
    /// Markup.
    let body: String

    var html: String {
        let refresh = refresh.map { "<meta http-equiv=\"refresh\" content=\"\($0)\">\n" } ?? ""
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(refresh)<title>\(escaped(title))</title>
            <style>
            \(PageStyle.css)
            \(style)
            </style>
            </head>
            <body>
            <main>
            \(body)
            </main>
            </body>
            </html>

            """
    }
}
