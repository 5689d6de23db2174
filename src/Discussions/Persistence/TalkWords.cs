using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Persistence;

/// <summary>
/// The words of what is written, for the search: FTS5 on SQLite, a tsvector on PostgreSQL. Both are given words already folded, so that they
/// find the same. What is held, hidden or gone has no words here.
/// </summary>
internal sealed class TalkWords(DiscussionsDb db, Database database)
{
    /// <summary>Only the newest so many hits are ranked: what a word of everybody's costs is bounded.</summary>
    public const int MostRanked = 2000;

    private const int MostWords = 8;

    // A word of more texts than that is a word of everybody's.
    private const int MostCounted = 20_000;

    // So many hits of the words themselves, and nobody misses those of words that only begin so.
    private const int Enough = 50;

    // Where a run's words stand in FTS5: its shelf in the upper bits, the number of the writing in the lower. So a run is one range of rows,
    // and the newest of it are its end.
    private const int NumberBits = 31;

    /// <summary>Takes in the words of a new writing. In the turn of the post.</summary>
    public async Task Add(Writing writing, Board board, CancellationToken ct)
    {
        if (writing.State == WritingState.Shown && !writing.IsDeleted)
            await Insert(writing, Row(board.Shelf, writing.Number), ct);
    }

    /// <summary>Puts the words of a writing in the place of those that stood under its number. In the turn of the change.</summary>
    public async Task Put(Writing writing, CancellationToken ct)
    {
        await Remove(writing.RunId, writing.Number, ct);
        if (writing.State == WritingState.Shown && !writing.IsDeleted)
            await Insert(writing, await Row(writing.RunId, writing.Number, ct), ct);
    }

    private async Task Insert(Writing writing, long row, CancellationToken ct)
    {
        var (title, text) = (Fold((writing as Thread)?.Title ?? ""), Fold(writing.Words));
        if (database.IsSqlite)
            await db.Execute($"INSERT INTO discussions_words (rowid, title, text) VALUES ({row}, {title}, {text})", ct);
        else
            await db.Execute($"""
                INSERT INTO discussions_words ("RunId", "Number", "Words") VALUES ({writing.RunId}, {writing.Number},
                    setweight(to_tsvector('simple', {title}), 'A') || setweight(to_tsvector('simple', {text}), 'D'))
                """, ct);
    }

    public async Task Remove(Guid runId, long number, CancellationToken ct)
    {
        if (database.IsSqlite)
        {
            var row = await Row(runId, number, ct);
            await db.Execute($"DELETE FROM discussions_words WHERE rowid = {row}", ct);
        }
        else
        {
            await db.Execute($"""DELETE FROM discussions_words WHERE "RunId" = {runId} AND "Number" = {number}""", ct);
        }
    }

    /// <summary>
    /// The numbers of a run's writings that have every word, then (where those are few) those with words that begin so, each best first; a word of a title counts ten times one of
    /// the text. Of more than <see cref="MostRanked"/> the newest. They are to be looked up, and shown to whom may read them.
    /// </summary>
    /// <param name="all">Every word must be there; otherwise any of them.</param>
    public async Task<IReadOnlyList<long>> Find(Guid runId, string typed, bool all, int most, CancellationToken ct)
    {
        var words = Asked(typed);
        if (words.Count == 0)
            return [];
        if (database.IsSqlite)
        {
            // To look for all words that begin so costs as much as all of them have hits: done where the words themselves are in few texts.
            var first = await Row(runId, 0, ct);
            var found = await InSqlite(first, [.. words.Select(w => $"\"{w}\"")], all, most, ct);
            return found.Count >= Math.Min(most, Enough)
                ? found
                : [.. found.Union(await InSqlite(first, [.. words.Select(w => $"\"{w}\"*")], all, most, ct)).Take(most)];
        }

        var asked = string.Join(all ? " & " : " | ", words.Select(w => w + ":*"));
        return await db.Database.SqlQuery<long>($"""
            SELECT "Number" AS "Value" FROM (
                SELECT "Number", ts_rank(ARRAY[0.1, 0.2, 0.4, 1.0]::real[], "Words", asked) AS fit FROM discussions_words, to_tsquery('simple', {asked}) asked
                WHERE "RunId" = {runId} AND "Words" @@ asked ORDER BY "Number" DESC LIMIT {MostRanked}) newest
            ORDER BY fit DESC, "Number" DESC LIMIT {most}
            """).ToListAsync(ct);
    }

    // FTS5 counts every text that has a word before it can say how well one fits, however few are asked for. A word of very many texts says
    // little of any of them: it must be there, and does not count for the order. Where there are only such words, titles come first, then the newest.
    private async Task<List<long>> InSqlite(long first, List<string> words, bool all, int most, CancellationToken ct)
    {
        var (last, between) = (first + (1L << NumberBits) - 1, all ? " " : " OR ");
        var telling = new List<string>();
        foreach (var word in words)
            if (!await db.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM discussions_words WHERE discussions_words MATCH {word} LIMIT 1 OFFSET {MostCounted}").AnyAsync(ct))
                telling.Add(word);
        var match = string.Join(between, all || telling.Count == 0 ? words : telling);
        if (telling.Count == words.Count || (telling.Count > 0 && !all))
            return await db.Database.SqlQuery<long>($"""
                SELECT found - {first} AS "Value" FROM (
                    SELECT rowid AS found, bm25(discussions_words, 10.0, 1.0) AS fit FROM discussions_words
                    WHERE discussions_words MATCH {match} AND rowid BETWEEN {first} AND {last} ORDER BY rowid DESC LIMIT {MostRanked})
                ORDER BY fit, found DESC LIMIT {most}
                """).ToListAsync(ct);
        if (telling.Count > 0)
            return await db.Database.SqlQuery<long>($"""
                SELECT found - {first} AS "Value" FROM (
                    SELECT rowid AS found, bm25(discussions_words, 10.0, 1.0) AS fit FROM discussions_words
                    WHERE discussions_words MATCH {string.Join(between, telling)} AND +rowid IN (
                        SELECT rowid FROM discussions_words WHERE discussions_words MATCH {match} AND rowid BETWEEN {first} AND {last} ORDER BY rowid DESC LIMIT {MostRanked}))
                ORDER BY fit, found DESC LIMIT {most}
                """).ToListAsync(ct);

        var floor = await db.Database.SqlQuery<long>($"""
            SELECT rowid AS "Value" FROM discussions_words WHERE discussions_words MATCH {match} AND rowid BETWEEN {first} AND {last} ORDER BY rowid DESC LIMIT 1 OFFSET {MostCounted}
            """).SingleOrDefaultAsync(ct);
        var titles = await Newest($"title : ({match})", Math.Max(first, floor));
        return titles.Count >= most ? titles : [.. titles.Union(await Newest(match, first)).Take(most)];

        Task<List<long>> Newest(string what, long from) => db.Database.SqlQuery<long>($"""
            SELECT rowid - {first} AS "Value" FROM discussions_words WHERE discussions_words MATCH {what} AND rowid BETWEEN {from} AND {last} ORDER BY rowid DESC LIMIT {most}
            """).ToListAsync(ct);
    }

    /// <summary>The words that somebody asks for, folded.</summary>
    public static IReadOnlyList<string> Asked(string typed) =>
        [.. Fold(typed.Length > 300 ? typed[..300] : typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];

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

    private async Task<long> Row(Guid runId, long number, CancellationToken ct) =>
        Row(await db.Boards.Where(b => b.RunId == runId).Select(b => b.Shelf).SingleOrDefaultAsync(ct), number);

    private static long Row(int shelf, long number) => ((long)shelf << NumberBits) + number;
}
