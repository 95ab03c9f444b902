import RecurrentCharts

/// The style that every page has, in light and dark, on a phone and on paper.
enum PageStyle {
    static let css = """
        :root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#1b1f24;--muted:#57606a;--grid:#e4e7eb;
        --axis:#b4bac2;--inverse:#fff}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0f1216;--card:#171b21;--text:#e6e9ed;
        --muted:#9aa4b0;--grid:#2a3038;--axis:#4a525c;--inverse:#0f1216}}
        \(ChartStyle.css)
        \(text)
        \(boxes)
        \(media)
        """

    private static let text = """
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
        code,pre{font:.86rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--grid);font-size:.82rem}
        """

    private static let boxes = """
        .card,figure{background:var(--card);border:1px solid var(--grid);border-radius:10px;padding:1rem 1.1rem;
        margin:0;min-width:0}
        .card p:last-child{margin-bottom:0}
        .grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}
        .wide{grid-column:1/-1}
        .tall{grid-row:span 2}
        .tall .chart{max-width:32rem;margin:0 auto}
        figcaption{font-size:.85rem;line-height:1.5;margin-top:.5rem;max-width:46rem}
        .legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:0 0 .4rem;padding:0;font-size:.82rem;
        color:var(--muted)}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .swatch{flex:none}
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
        dt{color:var(--muted)}
        dd{margin:0;min-width:0;font-variant-numeric:tabular-nums}
        """

    private static let media = """
        @media (max-width:560px){main{padding:1.4rem 1rem 2rem}h1{font-size:1.6rem}section{margin-top:2.2rem}
        .card,figure{padding:.85rem .9rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
        table{font-size:.85rem}th,td{padding-right:.6rem}}
        @media print{@page{margin:14mm}:root{--page:#fff}body{font-size:10.5pt}main{max-width:none;padding:0}
        .grid{grid-template-columns:1fr 1fr}.chart.scaled{font-size:15px}.wide .chart.scaled{font-size:13px}
        figure,.card,tr,p,dl{break-inside:avoid}h2,h3,.introduction{break-after:avoid}.scroll{overflow:visible}
        .area{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
