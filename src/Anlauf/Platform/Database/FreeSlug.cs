namespace Anlauf.Platform.Database;

/// <summary>Addresses that nothing else has yet.</summary>
public static class FreeSlug
{
    /// <summary>The wanted address, with the first free number behind it where it is taken.</summary>
    /// <param name="db">Database as the acting person sees it.</param>
    /// <param name="table">Table with columns <c>id</c> and <c>slug</c>; a constant of the caller, never input.</param>
    /// <param name="wanted">As <see cref="Web.Slug"/> makes it.</param>
    /// <param name="own">Row that may keep its address.</param>
    public static async Task<string> FreeSlugAsync(this Db db, string table, string wanted, int? own = null, CancellationToken ct = default)
    {
        for (var n = 1; ; n++)
        {
            var slug = n == 1 ? wanted : $"{wanted}-{n}";
            if (!await db.ScalarAsync<bool>($"select exists (select from {table} where slug = @slug and id is distinct from @own)", new { slug, own }, ct)) return slug;
        }
    }
}
