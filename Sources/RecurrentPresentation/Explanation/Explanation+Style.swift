extension Explanation {
    /// The style of what only an explanation has: formulas, and a picture that keeps its size on a phone.
    static let style = """
        .wide .drawing .chart{min-width:44rem}
        .equation{display:grid;grid-template-columns:3.6rem minmax(0,1fr);align-items:center;margin:.5rem 0}
        .label{color:var(--muted);font-size:.9rem}
        math{font-size:1.08em}
        math[display="block"]{text-align:left;width:max-content;margin:.15rem 0;padding-bottom:.2rem}
        mtable{margin:0 .2em;padding:.05em .1em;border:solid currentColor;border-width:0 1.5px;
        background:linear-gradient(currentColor,currentColor) 0 0/.35em 1.5px no-repeat,
        linear-gradient(currentColor,currentColor) 100% 0/.35em 1.5px no-repeat,
        linear-gradient(currentColor,currentColor) 0 100%/.35em 1.5px no-repeat,
        linear-gradient(currentColor,currentColor) 100% 100%/.35em 1.5px no-repeat;print-color-adjust:exact}
        mtd{text-align:right;padding:.2em .45em}
        mn{font-variant-numeric:tabular-nums}
        figure{margin-top:1.5rem}
        .scroll+p{margin-top:.8rem}
        @media (max-width:30rem){.equation{grid-template-columns:minmax(0,1fr)}.label:empty{display:none}}
        @media print{.equation{break-inside:avoid}.wide .drawing .chart{min-width:0}}
        """
}
