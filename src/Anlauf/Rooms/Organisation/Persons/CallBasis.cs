namespace Anlauf.Rooms.Organisation.Persons;

/// <summary>
/// What a call to a person rests on, as <c>members.call_basis</c> says it: consent, membership, office, missing, withdrawn or no-contact; and what
/// follows for whoever wants to call. Source: Art. 6(1)(a), (b), (f), 9(2)(d) and 21 GDPR.
/// </summary>
public sealed record CallBasis(string Id)
{
    /// <summary>Somebody may ring up, if only for what the membership or the office is about.</summary>
    public bool Allowed => Id is "consent" or "membership" or "office";

    /// <summary>Somebody may write or ring up at all.</summary>
    public bool MayContact => Id != "no-contact";

    /// <summary>The person has said yes to calls: the call may be the main thing of a page.</summary>
    public bool Agreed => Id == "consent";

    /// <summary>What is allowed and what is not, in sentences; null where the consent says it all or no contact at all is wished, which pages say by themselves.</summary>
    public string? Words => Id switch
    {
        "membership" => "Eine Einwilligung in Anrufe liegt nicht vor. Anrufen dürfen Sie, soweit es um die Mitgliedschaft geht: begrüßen, zu Versammlungen einladen, Angaben klären (Art. 6 Abs. 1 Buchst. b und f, Art. 9 Abs. 2 Buchst. d DSGVO). Für Spenden, Werbung und Umfragen nicht. Sagt die Person nein, notieren Sie es; dann ruft niemand mehr an.",
        "office" => "Eine Einwilligung in Anrufe liegt nicht vor. Anrufen dürfen Sie in Sachen des Amts (berechtigtes Interesse, Art. 6 Abs. 1 Buchst. f DSGVO). Sagt die Person nein, notieren Sie es; dann ruft niemand mehr an.",
        "missing" => "Es gibt weder eine Einwilligung in Anrufe noch eine Mitgliedschaft oder ein Amt. Rufen Sie nicht an; fragen Sie schriftlich, ob Anrufe recht sind.",
        "withdrawn" => "Die Einwilligung in Anrufe ist widerrufen. Rufen Sie nicht an; schreiben Sie.",
        _ => null,
    };

    /// <summary>The same in one sentence, for a page that is there for the call.</summary>
    public string? Brief => Id == "membership" ? "Ohne Einwilligung in Anrufe erlaubt: begrüßen, einladen, Angaben klären (Art. 6 Abs. 1 Buchst. b und f DSGVO); Spenden und Werbung nicht." : Words;

    /// <summary>The same beside a number in a list; null where the person may be rung up.</summary>
    public string? Instead => Id switch { "missing" => "keine Einwilligung in Anrufe", "withdrawn" => "wünscht keine Anrufe", "no-contact" => "wünscht keine Ansprache", _ => null };

    /// <summary>The same behind „Anrufe: nicht erteilt“.</summary>
    public string Short => Id switch { "membership" => "; erlaubt ist, was die Mitgliedschaft betrifft", "office" => "; erlaubt ist, was das Amt betrifft", "withdrawn" => ", sondern widerrufen", _ => "" };
}
