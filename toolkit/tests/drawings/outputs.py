"""Cell outputs of chart libraries, as Plotly 7, Altair 6, Bokeh 3.9, and ipywidgets 8 write them."""

from __future__ import annotations

PLOTLY_LOADER = """\
<script>window.PlotlyConfig = {MathJaxConfig: 'local'};</script>
<script type="module">import "https://cdn.plot.ly/plotly-4.1.1.min"</script>
"""
PLOTLY = """\
<div style="height:525px; width:100%;">            <script>window.PlotlyConfig = {MathJaxConfig: 'local'};</script>
<script charset="utf-8" src="https://cdn.plot.ly/plotly-4.1.1.min.js"></script>
<div id="eb05" class="plotly-graph-div" style="height:100%; width:100%;"></div>
<script>window.PLOTLYENV={}; if (document.getElementById("eb05")) { Plotly.newPlot( "eb05",
[{"name":"squares","x":[1,2],"y":{"dtype":"f8","bdata":"AAAAAAAA8D8AAAAAAAAQQA=="},"type":"scatter"},{"x":["a"],"y":[2]}],
{"title":{"text":"<b>Squares</b>"},"xaxis":{"title":{"text":"n"}}}, {"responsive": true} ) };</script>        </div>
"""
VEGA = """\
<style>#altair-viz-1.vega-embed { width: 100%; }</style>
<div id="altair-viz-1"></div>
<script type="text/javascript">
  (function(spec, embedOpt){ vegaEmbed(outputDiv, spec, embedOpt);
  })({"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "title": "Papers", "data": {"name": "d"},
"encoding": {"x": {"field": "year"}, "y": {"field": "papers"}}, "mark": "bar",
"datasets": {"d": [{"year": 2020, "papers": 1, "unused": 5}, {"year": 2021, "papers": 0.1}]}}, {"mode": "vega-lite"});
</script>
"""
BOKEH = '<script type="application/javascript">const docs_json = {}; root.Bokeh.embed.embed_items(docs_json)</script>'
CONTROL = '<script type="application/vnd.jupyter.widget-view+json">{"model_id": "1"}</script>'
