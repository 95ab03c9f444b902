/// The units of a cell, dealt into shares for the workers of a team: the same units of every gate and every step.
struct UnitShares {
    /// H
    let units: Int
    /// A share begins with a panel of the cell's weights, each of which belongs to this many units, and ends with one.
    let panel: Int
    /// The number of shares.
    let count: Int

    /// The units of a share.
    subscript(share: Int) -> Range<Int> {
        let panels = (units + panel - 1) / panel
        let (first, last) = (share * panels / count, (share + 1) * panels / count)
        return min(first * panel, units)..<min(last * panel, units)
    }
}
