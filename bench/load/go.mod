module oikos.home/bench/load

go 1.25
