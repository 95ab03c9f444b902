extension ReportPage {
    /// The style of what only a report has: the state of the run, its result, samples of text.
    static let style = """
        :root{--warn:#fff4e5;--warm:201,69,26}
        @media screen and (prefers-color-scheme:dark){:root{--warn:#33261a;--warm:255,143,102}}
        nav{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin-top:1.2rem;padding-top:.8rem;
        border-top:1px solid var(--grid);font-size:.9rem}
        nav a{text-decoration:none}
        nav a:hover{text-decoration:underline}
        .state{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem .6rem;margin:0;font-size:.85rem;
        color:var(--muted);font-variant-numeric:tabular-nums;max-width:none}
        .state b{display:inline-flex;align-items:center;gap:.4rem;color:var(--green);font-weight:600}
        .state.running b{color:var(--orange)}
        .state b::before{content:"";width:.6rem;height:.6rem;border-radius:50%;background:currentColor}
        .bar{height:4px;border-radius:2px;background:var(--grid);margin:.8rem 0 0;overflow:hidden}
        .bar div{height:100%;background:var(--orange)}
        .result{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr))}
        .big{font-size:2.9rem;line-height:1.15;font-weight:650;letter-spacing:-.02em;margin:0 0 .3rem;
        font-variant-numeric:tabular-nums}
        .big small{font-size:1.3rem;font-weight:400;color:var(--muted);letter-spacing:0;white-space:nowrap}
        .grid+.grid,.grid+h3,.verdict+.grid,.card+.grid,.grid+.card{margin-top:1rem}
        .narrow{display:none}
        .cell{font-size:1.05rem;margin:1.6rem 0 .3rem}
        .verdict{margin-bottom:1rem}
        .numbers{grid-template-columns:1fr auto;gap:0}
        .numbers>*{padding:.28rem 0;border-bottom:1px solid var(--grid)}
        .numbers>:nth-last-child(-n+2){border-bottom:0}
        .numbers dd{text-align:right;white-space:nowrap}
        .command span{display:inline-block;max-width:100%;margin-right:.4em}
        .sample{font-size:1rem;line-height:1.75}
        .sample span,.scale span{border-radius:2px}
        .sample i{color:var(--muted);font-style:normal}
        .s1{background:rgba(var(--warm),.1)}.s2{background:rgba(var(--warm),.22)}.s3{background:rgba(var(--warm),.38)}
        .s4{background:rgba(var(--warm),.56)}.s5{background:rgba(var(--warm),.78)}
        .scale{display:flex;flex-wrap:wrap;gap:.3rem .5rem;list-style:none;margin:0 0 .7rem;padding:0;font-size:.82rem}
        .scale span{padding:.1rem .45rem;border:1px solid var(--grid)}
        .beside{display:grid;gap:1rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr));align-items:start}
        .warnings{background:var(--warn);border:1px solid var(--grid);border-radius:10px;padding:.8rem 1.1rem;margin:0;
        list-style:none;font-size:.92rem}
        details summary{cursor:pointer;margin-bottom:.6rem}
        @media (max-width:560px){.big{font-size:2.3rem}.wide-only{display:none}.narrow{display:block}}
        @media print{nav{display:none}.verdict{break-after:avoid}.fixed{max-width:100%}
        .sample span,.scale span,.bar div,.state b::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
