namespace Anlauf.Elections.Spreadsheets;

/// <summary>One row of a sheet. Cells are text as stored: numbers with a point, dates as Excel's day number, empty cells as "".</summary>
public sealed class SheetRow
{
    private readonly List<string> cells;

    internal SheetRow(int number, List<string> cells)
    {
        Number = number;
        this.cells = cells;
    }

    /// <summary>Row number as the spreadsheet program shows it, from 1.</summary>
    public int Number { get; }

    /// <summary>Number of columns up to the last one that is present.</summary>
    public int Width => cells.Count;

    /// <summary>Text of the cell in the column (from 0), without blanks at both ends; "" where the sheet has none.</summary>
    public string this[int column] => column >= 0 && column < cells.Count ? cells[column] : "";

    /// <summary>True when no cell of the row holds anything.</summary>
    public bool IsBlank => cells.TrueForAll(c => c.Length == 0);

    /// <summary>Column letters as the spreadsheet program shows them: 0 is A, 27 is AB.</summary>
    public static string ColumnName(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + (rest - 1) % 26) + name;
        return name;
    }
}
