/// The gradient of one loss in words, formulas and numbers, independent of the format that it is written in.
package struct Explanation {
    let title: Sentence
    /// Names and values: the network, its origin, the sequence, the loss.
    let facts: [Fact]
    let sections: [Section]
    let verdict: [Sentence]
    package let picture: UnfoldedPicture
    let origin: OriginTable
    let spectrum: Spectrum

    package init(
        title: Sentence, facts: [Fact], sections: [Section], verdict: [Sentence], picture: UnfoldedPicture,
        origin: OriginTable, spectrum: Spectrum
    ) {
        (self.title, self.facts, self.sections, self.verdict) = (title, facts, sections, verdict)
        (self.picture, self.origin, self.spectrum) = (picture, origin, spectrum)
    }

    package struct Fact {
        let name: String
        let value: Sentence

        package init(name: String, value: Sentence) { (self.name, self.value) = (name, value) }
    }

    package struct Section {
        let title: Sentence
        let contents: [Content]

        package init(title: Sentence, contents: [Content]) { (self.title, self.contents) = (title, contents) }

        /// The contents, successive equations joined to one group.
        var grouped: [Group] {
            contents.reduce(into: []) { groups, content in
                switch content {
                case .remark(let sentence): groups.append(.remark(sentence))
                case .table(let origin): groups.append(.table(origin))
                case .equation(let equation):
                    if case .equations(let before) = groups.last {
                        groups[groups.count - 1] = .equations(before + [equation])
                    } else {
                        groups.append(.equations([equation]))
                    }
                }
            }
        }
    }

    enum Group {
        case remark(Sentence)
        case equations([Equation])
        case table(OriginTable)
    }

    package enum Content {
        case remark(Sentence)
        case equation(Equation)
        case table(OriginTable)
    }

    /// name = expressions = value, after a label.
    package struct Equation {
        /// A short label such as "i = 2" or "BPTT"; empty if there is none.
        let label: String
        let name: Formula
        /// The same in letters or with numbers; each follows a "=".
        let expressions: [Formula]
        let value: [[Double]]
        /// The gradient, if the value is the difference between two computations of it.
        let differenceOf: Formula?

        package init(
            label: String, name: Formula, expressions: [Formula], value: [[Double]], differenceOf: Formula?
        ) {
            (self.label, self.name, self.expressions) = (label, name, expressions)
            (self.value, self.differenceOf) = (value, differenceOf)
        }

        /// The sides of the equation: the name, the expressions, the value.
        var sides: [Formula] {
            let value = differenceOf == nil ? ShownMatrix(value) : ShownMatrix(differences: value)
            return [name] + expressions + [.matrix(value)]
        }

        /// The number of columns of numbers side by side if the equation is written on one line.
        var columns: Int { sides.reduce(0) { $0 + $1.columns } }
    }

    /// The largest number of columns of numbers in one side of an equation.
    var columns: Int {
        sections.flatMap(\.contents).map { content in
            if case .equation(let equation) = content { equation.sides.map(\.columns).max() ?? 0 } else { 0 }
        }.max() ?? 0
    }

    /// Words with formulas between them.
    package struct Sentence: ExpressibleByStringInterpolation {
        enum Part {
            case words(String)
            case formula(Formula)
        }
        private(set) var parts: [Part] = []

        package init(stringLiteral value: String) { parts = [.words(value)] }
        package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

        // Not inlined: there are hundreds of sentences, and the compiler would spend a third of its time on them.
        package struct StringInterpolation: StringInterpolationProtocol {
            fileprivate var parts: [Part] = []
            package init(literalCapacity: Int, interpolationCount: Int) {}
            @inline(never) package mutating func appendLiteral(_ literal: String) {
                parts.append(.words(literal))
            }
            @inline(never) package mutating func appendInterpolation(_ formula: Formula) {
                parts.append(.formula(formula))
            }
            @inline(never) package mutating func appendInterpolation(_ words: String) {
                parts.append(.words(words))
            }
            @inline(never) package mutating func appendInterpolation(_ number: Int) {
                parts.append(.words("\(number)"))
            }
            @inline(never) package mutating func appendInterpolation(_ sentence: Sentence) {
                parts += sentence.parts
            }
        }

        func text(words: (String) -> String, formula: (Formula) -> String) -> String {
            parts.map {
                switch $0 {
                case .words(let text): words(text)
                case .formula(let inner): formula(inner)
                }
            }.joined()
        }
    }
}
