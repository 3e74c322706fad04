"""A list of people from a spreadsheet: its tables found, its columns understood, its rows read, compared and written.

`headers` and `content` guess what a column holds, `tables` finds the tables of a sheet, `cells` reads single cells,
`places` what says where somebody lives, `rows` whole rows; all of them take values and return values. `matching`
compares with what is kept, `writing` writes.
"""
