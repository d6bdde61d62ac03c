using System.ComponentModel.DataAnnotations;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>What a resolution says and how it was voted, as forms take it: entered by hand, or corrected (requirements D5, D7).</summary>
public abstract class ResolutionInput
{
    [Required(ErrorMessage = "Geben Sie dem Beschluss einen Titel"), MaxLength(200, ErrorMessage = "Der Titel ist zu lang: höchstens 200 Zeichen")] public string Title { get; set; } = "";
    [Required(ErrorMessage = "Schreiben Sie den Wortlaut auf")] public string Wording { get; set; } = "";
    public string? Reason { get; set; }
    public string? Publicity { get; set; }
    public string? FurtherMeasures { get; set; }
    public string? Finances { get; set; }
    public string? CoordinatedWith { get; set; }
    [Required] public string Result { get; set; } = "adopted";
    [Range(0, 99999, ErrorMessage = "Nennen Sie eine Zahl ab 0")] public int? Yes { get; set; }
    [Range(0, 99999, ErrorMessage = "Nennen Sie eine Zahl ab 0")] public int? No { get; set; }
    [Range(0, 99999, ErrorMessage = "Nennen Sie eine Zahl ab 0")] public int? Abstain { get; set; }
    public bool Unanimous { get; set; }

    /// <summary>The wording as it is kept: line ends of one kind, no blanks around.</summary>
    internal string KeptWording => Wording.ReplaceLineEndings("\n").Trim();

    /// <summary>Unanimous or not said; „not unanimous“ is nothing that minutes state.</summary>
    internal bool? KeptUnanimous => Unanimous ? true : null;
}
