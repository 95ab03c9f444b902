/// Work that is cut into items, each of which any worker may do.
package protocol ParallelWork: AnyObject {
    /// Does one item. Items are done at the same time on different threads, so they write to different places.
    func work(on item: Int)

    /// The name of the work at hand, for tables.
    var name: String { get }
}

extension ParallelWork {
    package var name: String { "\(type(of: self))" }
}
