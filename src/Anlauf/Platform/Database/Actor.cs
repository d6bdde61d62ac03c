using System.Globalization;

namespace Anlauf.Platform.Database;

/// <summary>Who acts in this scope. The database sees it as <c>anlauf.actor</c>; without an actor row-level security shows no row.</summary>
public sealed class Actor
{
    /// <summary>What PostgreSQL is told: a person's id, "self:" and a person's id for a personal link, "guest:" and an id, "system", or empty for nobody.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The acting person's id, or null for nobody and for the system.</summary>
    public int? PersonId => int.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>True where the program itself acts: imports from the shell, jobs, the demo association.</summary>
    public bool IsSystem => Value == "system";

    /// <summary>True where somebody from outside acts, who sees what is opened to guests and nothing else.</summary>
    public bool IsGuest => Value.StartsWith("guest:", StringComparison.Ordinal);

    /// <summary>True where a person or the program acts.</summary>
    public bool IsSomebody => Value.Length > 0;

    /// <summary>Where the person acts from, for the audit: kind of access, network, route. Never a path with values.</summary>
    public string Origin { get; set; } = "";

    /// <summary>A person signed in.</summary>
    public void Become(int personId) => Value = personId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A person who came by a personal link: sees their own things and nothing that an office of theirs would open.</summary>
    public void BecomeSelf(int personId) => Value = "self:" + personId.ToString(CultureInfo.InvariantCulture);

    /// <summary>A guest signed in. For every policy that asks who acts there is nobody (access.actor), but for those that name guests (access.guest_id).</summary>
    public void BecomeGuest(int personId) => Value = "guest:" + personId.ToString(CultureInfo.InvariantCulture);

    /// <summary>The program itself. Never called on the way of a web request.</summary>
    public void BecomeSystem() => Value = "system";
}
