import RecurrentCharts

/// How the report looks: in light and dark, on a phone and on paper.
enum ReportStyle {
    static let css = """
        :root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#1b1f24;--muted:#57606a;--grid:#e4e7eb;
        --axis:#b4bac2;--inverse:#fff;--warn:#fff4e5;--warm:201,69,26}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0f1216;--card:#171b21;--text:#e6e9ed;
        --muted:#9aa4b0;--grid:#2a3038;--axis:#4a525c;--inverse:#0f1216;--warn:#33261a;--warm:255,143,102}}
        \(ChartStyle.css)
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--text);
        font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}
        main{max-width:70rem;margin:0 auto;padding:2.5rem 1rem 3rem}
        h1{font-size:2rem;line-height:1.2;margin:.4rem 0 .3rem;letter-spacing:-.015em}
        h2{font-size:1.3rem;line-height:1.3;margin:0 0 .8rem;letter-spacing:-.01em}
        h2+.introduction{margin-top:-.45rem}
        h3{font-size:.95rem;line-height:1.4;margin:0 0 .4rem;font-weight:600}
        p{margin:0 0 .8rem;max-width:46rem}
        section{margin-top:2.8rem}
        .muted,.introduction,figcaption,caption,footer{color:var(--muted)}
        .introduction{margin-bottom:1.1rem}
        a{color:var(--blue)}
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
        .card,figure{background:var(--card);border:1px solid var(--grid);border-radius:10px;padding:1rem 1.1rem;
        margin:0;min-width:0}
        .big{font-size:2.9rem;line-height:1.15;font-weight:650;letter-spacing:-.02em;margin:0 0 .3rem;
        font-variant-numeric:tabular-nums}
        .big small{font-size:1.3rem;font-weight:400;color:var(--muted);letter-spacing:0;white-space:nowrap}
        .card p:last-child{margin-bottom:0}
        .grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}
        .grid+.grid,.grid+h3,.verdict+.grid,.card+.grid,.grid+.card{margin-top:1rem}
        .wide{grid-column:1/-1}
        .tall{grid-row:span 2}
        .tall .chart{max-width:32rem;margin:0 auto}
        figcaption{font-size:.85rem;line-height:1.5;margin-top:.5rem;max-width:46rem}
        .legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:0 0 .4rem;padding:0;font-size:.82rem;
        color:var(--muted)}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .swatch{flex:none}
        .narrow{display:none}
        .cell{font-size:1.05rem;margin:1.6rem 0 .3rem}
        .verdict{margin-bottom:1rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;max-width:42rem;font-size:.9rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-size:.85rem;padding-bottom:.4rem}
        th,td{text-align:left;padding:.32rem .9rem .32rem 0;border-bottom:1px solid var(--grid);vertical-align:top}
        th{font-weight:600;color:var(--muted);font-size:.82rem}
        tbody tr:last-child td{border-bottom:0}
        th:last-child,td:last-child{padding-right:0}
        .n{text-align:right;white-space:nowrap}
        tr.strong td{font-weight:650}
        dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.3rem 1.2rem;margin:0;font-size:.92rem}
        .facts{margin-top:1.1rem;padding-top:.9rem;border-top:1px solid var(--grid)}
        .numbers{grid-template-columns:1fr auto;gap:0}
        .numbers>*{padding:.28rem 0;border-bottom:1px solid var(--grid)}
        .numbers>:nth-last-child(-n+2){border-bottom:0}
        dt{color:var(--muted)}
        dd{margin:0;min-width:0;font-variant-numeric:tabular-nums}
        code,pre{font:.86rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
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
        footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--grid);font-size:.82rem}
        @media (max-width:560px){main{padding:1.4rem 1rem 2rem}h1{font-size:1.6rem}.big{font-size:2.3rem}
        section{margin-top:2.2rem}.wide-only{display:none}.narrow{display:block}.card,figure{padding:.85rem .9rem}
        .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}table{font-size:.85rem}
        th,td{padding-right:.6rem}}
        @media print{@page{margin:14mm}:root{--page:#fff}body{font-size:10.5pt}main{max-width:none;padding:0}nav{display:none}
        .grid{grid-template-columns:1fr 1fr}.chart.scaled{font-size:15px}.wide .chart.scaled{font-size:13px}
        figure,.card,tr,p,dl{break-inside:avoid}h2,h3,.verdict,.introduction{break-after:avoid}
        .scroll{overflow:visible}.fixed{max-width:100%}
        .sample span,.scale span,.area,.bar div,.state b::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
