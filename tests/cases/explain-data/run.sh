lettergen show ada-byron --explain --data more.csv
lettergen show grace-hopper --explain --data more.csv
