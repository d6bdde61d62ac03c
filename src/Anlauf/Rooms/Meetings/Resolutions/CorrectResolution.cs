using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>Corrects what was taken over or typed wrongly: title, wording, sections, result and votes. The history keeps what stood there before.</summary>
public sealed class CorrectResolution(Db db)
{
    public sealed class Input : ResolutionInput;

    /// <summary>Writes the correction; refused where the resolution is not of a division the acting person may edit.</summary>
    public async Task<Outcome<int>> HandleAsync(int id, Input input, CancellationToken ct = default)
    {
        if (ResultWording.Refused(input.Result, input.Yes, input.No, input.Unanimous) is { } why) return new Refusal(why, nameof(Input.Yes));
        var changed = await db.ExecuteAsync("""
            update meetings.resolution set title = trim(@Title), wording = @wording, reason = nullif(trim(@Reason), ''), publicity = nullif(trim(@Publicity), ''),
              further_measures = nullif(trim(@FurtherMeasures), ''), finances = nullif(trim(@Finances), ''), coordinated_with = nullif(trim(@CoordinatedWith), ''),
              result = @Result, yes = @Yes, no = @No, abstain = @Abstain, unanimous = @unanimous where id = @id
            """, new
        {
            id,
            input.Title,
            wording = input.KeptWording,
            input.Reason,
            input.Publicity,
            input.FurtherMeasures,
            input.Finances,
            input.CoordinatedWith,
            input.Result,
            input.Yes,
            input.No,
            input.Abstain,
            unanimous = input.KeptUnanimous,
        }, ct);
        return changed == 1 ? id : new Refusal("Diesen Beschluss kann nur die Gliederung ändern, die ihn gefasst hat");
    }
}
