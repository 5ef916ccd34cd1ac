"""What somebody may type to be obeyed and not read, by a page, a terminal, Markdown or a table."""

from hypothesis import strategies as st

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</style><img src=x onerror=alert(1)>",
            "</title></svg><svg onload=alert(1)>",
            "\" onmouseover='alert(1)' x=\"",
            "{{ 7 * 7 }}{% raw %}",
            "&lt;b&gt; &amp;amp; &#60;",
            "<!-- --> ]]> <![CDATA[",
            "\x1b[31mred\u202eevil\u200b\x07",
            "=1+1",
            "\n\n# EMERGENCY\n\n---\n",
            "[see](javascript:alert(1)) ![x](y) <http://x> `code` **b** ~~s~~",
            "1) 2. - + * > | a | b |\n|---|---|",
            "\t\tindented\n```\nfence",
            "[/b][bold red]:skull:[link=x]",
            "\x9b31m\x1b]8;;http://x\x07link\x1b]8;;\x07",
            "@SUM(A1:A9)|cmd\\",
        ]
    ),
)
