import Foundation

/// The text before an array in a `.npy` file: a Python dictionary with exactly the keys descr, fortran_order and
/// shape. The syntax is strict, except for what old versions of NumPy wrote: double quotes and numbers such as
/// 3L.
struct NumPyHeader {
    let type: NumPyElementType
    let isFortranOrder: Bool
    let shape: [Int]

    init(_ text: Data, path: String) throws(FileError) {
        var scanner = NumPyHeaderScanner(text, path: path)
        var (type, isFortranOrder, shape) = (NumPyElementType?.none, Bool?.none, [Int]?.none)
        try scanner.expect("{")
        while !scanner.skip("}") {
            let key = try scanner.string()
            try scanner.expect(":")
            switch key {
            case "descr" where type == nil: type = try scanner.elementType()
            case "fortran_order" where isFortranOrder == nil: isFortranOrder = try scanner.flag()
            case "shape" where shape == nil: shape = try scanner.shape()
            default: throw scanner.problem("its key '\(key)' is unknown or stands there twice")
            }
            if !scanner.skip(",") {
                try scanner.expect("}")
                break
            }
        }
        guard scanner.isAtEnd else { throw scanner.problem("there is something after the closing brace") }
        guard let type, let isFortranOrder, let shape else {
            throw scanner.problem("not all of descr, fortran_order and shape are there")
        }
        (self.type, self.isFortranOrder, self.shape) = (type, isFortranOrder, shape)
    }
}
