using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Appearing;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>
/// The grade book as comma-separated values (RFC 4180, UTF-8 with a byte order mark), written as it is read, a page at a time: however many
/// learners there are, few are in memory. Per cents have a decimal point, instants are UTC (ISO 8601), columns are not translated: programs read them. What
/// has no score is an empty cell; so is the consent to research of who never gave one. <c>research_since</c> is when it was last given or withdrawn.
/// </summary>
internal sealed class LearnersCsv(GradeBasis basis) : IActionResult
{
    private const int AtOnce = 500;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, ct) = (context.HttpContext, context.HttpContext.RequestAborted);
        var (db, mediator) = (http.RequestServices.GetRequiredService<EnrollmentDb>(), http.RequestServices.GetRequiredService<IMediator>());
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileNameStar = $"{basis.Run.CourseSlug}-{basis.Run.RunSlug}-learners.csv" }.ToString();
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 16_384, leaveOpen: true);
        await writer.WriteAsync(Line(
            ["learner", "name", "state", "joined", "last_active", "completed", "steps_done", "steps", "grade_percent", "grade_state",
                "pseudonym", "research", "research_since", .. basis.Quizzes.Select(q => q.Title)]));

        var after = Guid.Empty;
        for (var page = await Page(db, after, ct); page.Count > 0; page = await Page(db, after, ct))
        {
            var people = await mediator.Send(new PeopleQuery([.. page.Select(e => e.LearnerId)]), ct);
            var appearing = await mediator.Send(new AppearancesQuery(basis.Run.CourseId, [.. page.Select(e => e.LearnerId)]), ct);
            var (scores, overrides) = await Results(db, page, ct);
            foreach (var enrolment in page)
            {
                var id = enrolment.LearnerId;
                await writer.WriteAsync(Line(Row(
                    enrolment, people.GetValueOrDefault(id)?.Name, appearing.GetValueOrDefault(id, Appears.AsThemselves), basis.Marks(scores[id], overrides[id]))));
            }

            after = page[^1].LearnerId;
        }
    }

    /// <summary>One record. A text that a spreadsheet would take for a formula has an apostrophe in front; so have tab and return at the beginning.</summary>
    internal static string Line(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private Task<List<Enrolment>> Page(EnrollmentDb db, Guid after, CancellationToken ct) => db.Enrolments.AsNoTracking()
        .Where(e => e.RunId == basis.Run.RunId && e.LearnerId.CompareTo(after) > 0).OrderBy(e => e.LearnerId).Take(AtOnce).ToListAsync(ct);

    private async Task<(ILookup<Guid, AttemptScore> Scores, ILookup<Guid, GradeOverride> Overrides)> Results(EnrollmentDb db, List<Enrolment> page, CancellationToken ct)
    {
        var (run, first, last) = (basis.Run.RunId, page[0].LearnerId, page[^1].LearnerId);
        var scores = await db.Scores.AsNoTracking().Where(s => s.RunId == run && s.LearnerId.CompareTo(first) >= 0 && s.LearnerId.CompareTo(last) <= 0).ToListAsync(ct);
        var overrides = await db.Overrides.AsNoTracking().Where(o => o.RunId == run && o.LearnerId.CompareTo(first) >= 0 && o.LearnerId.CompareTo(last) <= 0).ToListAsync(ct);
        return (scores.ToLookup(s => s.LearnerId), overrides.ToLookup(o => o.LearnerId));
    }

    private IEnumerable<object?> Row(Enrolment enrolment, string? name, Appears appears, IReadOnlyList<QuizMark> marks)
    {
        var (state, consent) = (enrolment.State(), appears.Consents is [var last, ..] ? last : null);
        return
        [
            enrolment.LearnerId.ToString(), name, enrolment.Standing.ToString().ToLowerInvariant(), enrolment.JoinedAt, enrolment.LastSeenAt, enrolment.CompletedAt,
            basis.Outline.Items.Count(i => state.IsDone(i.Number)), basis.Outline.Items.Count(), Domain.Grade.Of(enrolment.Grade),
            enrolment.GradeFinal ? "final" : "provisional",
            appears.Pseudonym, consent is null ? null : consent.Given ? "allowed" : "withdrawn", consent?.At, .. marks.Select(m => (object?)m.Percent?.Cut(2)),
        ];
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => Quoted(IsFormula(text) ? "'" + text : text),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.##", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(cell.ToString()!),
    };

    // Spaces in front do not hide a formula from every spreadsheet.
    private static bool IsFormula(string text) => text is ['\t' or '\r' or '\n', ..] || text.TrimStart() is ['=' or '+' or '-' or '@', ..];

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n ") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
