from yidang.site.cli import main

main(prog_name="yidang")
