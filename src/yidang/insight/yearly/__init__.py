"""社会保险业务档案管理基本情况统计表: what the records tell is counted, the rest is entered."""
