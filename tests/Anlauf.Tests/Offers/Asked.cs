using Anlauf.Platform;
using Anlauf.Rooms.Offers;
using Anlauf.Rooms.Situation;

namespace Anlauf.Tests.Offers;

/// <summary>Members and offers, put into the association as its offices would.</summary>
internal static class Asked
{
    public static DateOnly Today => DateOnly.FromDateTime(new GermanTime().GetLocalNow().Date);

    /// <summary>A member of a division, for years.</summary>
    public static async Task<int> MemberAsync(this AssociationDatabase house, string division, string family)
    {
        var person = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Mit', @family from organisation.division where slug = @division returning id", new { division, family });
        await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on, effective_on) select id, division_id, 'member', 'active', date '2020-01-01', date '2020-02-01' from organisation.person where id = @person", new { person });
        return person;
    }

    /// <summary>The district chair offers a task to the members of the district; returns the offer.</summary>
    public static async Task<int> OfferAsync(this AssociationDatabase house, string text, bool firstWins = false, string addressed = "members", string? target = null, Action<SaveOffer.Input>? more = null)
    {
        var input = new SaveOffer.Input { Text = text, Due = Today.AddDays(30), DivisionId = await house.DivisionAsync("kreis-14522"), TargetDivisionId = await house.DivisionAsync(target ?? "kreis-14522"), Addressed = addressed, FirstWins = firstWins, AnswerBy = Today.AddDays(10) };
        more?.Invoke(input);
        var saved = await house.UseAsync<SaveOffer, Outcome<int>>(house.DistrictChair, s => s.HandleAsync(input));
        saved.Refusal?.Message.ShouldBeNull();
        return saved.Value;
    }

    /// <summary>Rows of somebody's Heute.</summary>
    public static async Task<IReadOnlyList<string>> HeuteAsync(this AssociationDatabase house, int person) => [.. (await house.UseAsync<TodayTasks, IReadOnlyList<TodayTasks.Item>>(person, t => t.ListAsync())).Select(i => i.Title)];

    public static Task<Offer?> SeesAsync(this AssociationDatabase house, int person, int offer) => house.UseAsync<OfferRegister, Offer?>(person, r => r.FindAsync(offer));
    public static Task<Outcome<bool>> TakesAsync(this AssociationDatabase house, int person, int offer) => house.UseAsync<AnswerOffer, Outcome<bool>>(person, a => a.TakeAsync(offer));
}
