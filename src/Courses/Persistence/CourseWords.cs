using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>Something that is read of a course has changed: its facts, its outline, a text, its team. Heard by this module alone.</summary>
internal sealed record CourseReworded(Guid CourseId) : INotification;

/// <summary>
/// The words of the courses, for the search of the catalogue: FTS5 on SQLite, a tsvector on PostgreSQL. Both are given words already
/// folded, so that they find the same.
/// </summary>
internal sealed class CourseWords(CoursesDb db, Database database)
{
    /// <summary>Characters of a course's text that are searched; what PostgreSQL's tsvector can surely hold.</summary>
    public const int LongestText = 250_000;

    private const int MostWords = 8;

    /// <summary>Hits that are ranked by how often the words stand in them, which takes the database longer than to find them.</summary>
    private const int MostRanked = 1_000;

    /// <summary>Where a course stands in the index: a number, as FTS5 wants it, from the random end of its key.</summary>
    public static long RowOf(Guid courseId) => BitConverter.ToInt64(courseId.ToByteArray(), 8) & long.MaxValue;

    /// <summary>Puts a course's words in the place of those it had.</summary>
    public Task Put(Guid courseId, string title, string people, string text, CancellationToken ct)
    {
        (title, people, text) = (Fold(title), Fold(people), Fold(text.Length > LongestText ? text[..LongestText] : text));
        var row = RowOf(courseId);
        return db.InTurn(async token =>
        {
            if (database.IsSqlite)
            {
                await db.Database.ExecuteSqlAsync($"DELETE FROM courses_words WHERE rowid = {row}", token);
                await db.Database.ExecuteSqlAsync($"INSERT INTO courses_words (rowid, title, people, text) VALUES ({row}, {title}, {people}, {text})", token);
            }
            else
            {
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO courses_words ("Row", "Words") VALUES ({row},
                        setweight(to_tsvector('simple', {title}), 'A') || setweight(to_tsvector('simple', {people}), 'B') || setweight(to_tsvector('simple', {text}), 'D'))
                    ON CONFLICT ("Row") DO UPDATE SET "Words" = excluded."Words"
                    """, token);
            }

            await db.Courses.Where(c => c.Id == courseId).ExecuteUpdateAsync(s => s.SetProperty(c => c.Indexed, c => c.Indexed + 1), token);
        }, ct);
    }

    /// <summary>
    /// The courses that have every word, or words that begin so, by their row: the better they fit, the higher the number. A word of the
    /// title counts ten times one of the text, one of a name five times. Of very many it is only told apart where all the words stand. Null: nothing was searched for.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, double>?> Find(string typed, CancellationToken ct)
    {
        var words = Fold(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).ToList();
        if (words.Count == 0)
            return typed.Length == 0 ? null : new Dictionary<long, double>();
        var rows = await Rows(words, null, ct);
        if (rows.Count <= MostRanked)
            return await Ranks(Asked(words, null), ct);

        // Words that stand nearly everywhere say little by how often they do: it counts only where.
        var ranks = rows.ToDictionary(r => r, _ => 1.0);
        foreach (var (part, rank) in new[] { (Part.People, 5.0), (Part.Title, 10.0) })
        {
            foreach (var row in await Rows(words, part, ct))
                ranks[row] = rank;
        }

        return ranks;
    }

    private async Task<List<long>> Rows(IReadOnlyList<string> words, Part? part, CancellationToken ct)
    {
        var asked = Asked(words, part);
        return database.IsSqlite
            ? await db.Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM courses_words WHERE courses_words MATCH {asked}""").ToListAsync(ct)
            : await db.Database.SqlQuery<long>($"""SELECT "Row" AS "Value" FROM courses_words WHERE "Words" @@ to_tsquery('simple', {asked})""").ToListAsync(ct);
    }

    private async Task<IReadOnlyDictionary<long, double>> Ranks(string asked, CancellationToken ct)
    {
        var hits = database.IsSqlite
            ? db.Database.SqlQuery<Hit>($"""SELECT rowid AS "Row", -bm25(courses_words, 10.0, 5.0, 1.0) AS "Rank" FROM courses_words WHERE courses_words MATCH {asked}""")
            : db.Database.SqlQuery<Hit>($"""
                SELECT "Row", ts_rank(ARRAY[0.1, 0.2, 0.5, 1.0]::real[], "Words", asked)::double precision AS "Rank" FROM courses_words, to_tsquery('simple', {asked}) asked WHERE "Words" @@ asked
                """);
        return await hits.ToDictionaryAsync(h => h.Row, h => h.Rank, ct);
    }

    // All words, as the database wants to be asked for them; in one part of a course's words, or anywhere.
    private string Asked(IReadOnlyList<string> words, Part? part) => database.IsSqlite
        ? (part is null ? "" : $"{{{(part == Part.Title ? "title" : "people")}}} : ") + $"({string.Join(" AND ", words.Select(w => $"\"{w}\"*"))})"
        : string.Join(" & ", words.Select(w => w + ":*" + part switch { Part.Title => "A", Part.People => "B", _ => "" }));

    /// <summary>Words of small letters and digits without accents, apart by one space: "Practică, azi" becomes "practica azi".</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
                folded.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) && folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString();
    }

    private enum Part
    {
        Title,
        People,
    }

    private sealed record Hit(long Row, double Rank);
}
