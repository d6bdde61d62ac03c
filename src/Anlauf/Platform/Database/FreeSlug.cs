using System.Security.Cryptography;

namespace Anlauf.Platform.Database;

/// <summary>Addresses that nothing else has yet.</summary>
public static class FreeSlug
{
    // without vowels, so that no word comes out
    private const string Letters = "bcdfghjkmnpqrstvwxz";

    /// <summary>
    /// The wanted address, with the first free number behind it where something that the acting person sees has it, and with five
    /// letters drawn by lot where something hidden has it: counting on would tell how many there are.
    /// </summary>
    /// <param name="db">Database as the acting person sees it.</param>
    /// <param name="table">Table with columns <c>id</c> and <c>slug</c>; a constant of the caller, never input.</param>
    /// <param name="wanted">As <see cref="Web.Slug"/> makes it.</param>
    /// <param name="own">Row that may keep its address.</param>
    public static async Task<string> FreeSlugAsync(this Db db, string table, string wanted, int? own = null, CancellationToken ct = default)
    {
        var slug = wanted;
        for (var n = 2; await db.ScalarAsync<bool>($"select exists (select from {table} where slug = @slug and id is distinct from @own)", new { slug, own }, ct); n++) slug = $"{wanted}-{n}";
        while (await db.ScalarAsync<bool>("select platform.slug_taken(@table::regclass, @slug, @own)", new { table, slug, own }, ct)) slug = $"{wanted}-{RandomNumberGenerator.GetString(Letters, 5)}";
        return slug;
    }
}
