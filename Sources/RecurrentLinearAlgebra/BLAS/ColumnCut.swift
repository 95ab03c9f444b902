/// The cut of a matrix's columns into panels.
///
/// The columns may be blocks of equal width, one for each gate of a cell. Where a product with the matrix may be shared by
/// several workers, each of them makes the same columns of every block, so panels end where a block ends.
struct ColumnCut {
    /// The columns of a block.
    let block: Int
    /// The columns of a panel; the last of a block may have fewer.
    let width: Int
    /// True if a block has several panels, which workers may share.
    let isShareable: Bool

    /// The columns of a panel where the library's products are cut anyway.
    private static func cutWidth(forRows rows: Int, bytesPerNumber: Int) -> Int? {
        rows > 1 && BLASLibrary.unpackedProductLimit != nil ? Tuning.panelBytes / bytesPerNumber : nil
    }

    /// - Parameters:
    ///   - rows: the largest number of rows of the products.
    ///   - blocks: the number of blocks of a matrix whose products may be shared.
    init(columns: Int, forRows rows: Int, bytesPerNumber: Int, sharedBy blocks: Int?) {
        let width = Self.cutWidth(forRows: rows, bytesPerNumber: bytesPerNumber)
        let sharedWidth = width ?? Tuning.sharedPanelColumns
        if let blocks, columns / blocks >= 2 * sharedWidth {
            (block, self.width, isShareable) = (columns / blocks, sharedWidth, true)
        } else {
            (block, self.width, isShareable) = (max(columns, 1), width ?? max(columns, 1), false)
        }
    }

    /// Calls `body` with the panels of a matrix, or those of some columns of every block.
    ///
    /// - Precondition: these begin where a panel begins, and end where one ends.
    @inline(__always)
    func forEachPanel(of columns: Int, units: Range<Int>? = nil, _ body: (Range<Int>) -> Void) {
        let units = units ?? 0..<min(block, columns)
        for first in stride(from: 0, to: columns, by: block) {
            for unit in stride(from: units.lowerBound, to: units.upperBound, by: width) {
                body(first + unit..<first + min(unit + width, units.upperBound))
            }
        }
    }
}

/// The number of panels of the weights of some units, which workers may share: 1 where they may not.
package func sharedPanels(of units: Int, forRows rows: Int, bytesPerNumber: Int) -> Int {
    let cut = ColumnCut(columns: units, forRows: rows, bytesPerNumber: bytesPerNumber, sharedBy: 1)
    return cut.isShareable ? (units + cut.width - 1) / cut.width : 1
}
