// A target of headers alone has to compile something.
