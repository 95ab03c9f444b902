/// A duration in words: "12 s", "3 min 20 s", "1 h 02 min"; "unknown" if it is negative, infinite or NaN.
package func duration(seconds: Double) -> String {
    guard seconds >= 0, seconds < 1e15 else { return "unknown" }
    let (minutes, rest) = Int(seconds.rounded()).quotientAndRemainder(dividingBy: 60)
    if minutes == 0 { return "\(rest) s" }
    if minutes < 60 { return "\(minutes) min \(twoDigits(rest)) s" }
    return "\(minutes / 60) h \(twoDigits(minutes % 60)) min"
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
