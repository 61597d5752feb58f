"""EEP 电子文件封装包, DA/T 48-2009: one XML document, small files inside in base64, large ones beside it."""
