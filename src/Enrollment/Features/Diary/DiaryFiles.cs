using System.Globalization;
using System.Security.Claims;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>A learner's whole diary as one Markdown file, and the preview of an entry.</summary>
internal static class DiaryFiles
{
    public static void MapDiary(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/my/diary.md", Export).RequireAuthorization(Policies.SignedIn);
        endpoints.MapPost("/my/diary/preview", Preview).RequireAuthorization(Policies.SignedIn);
    }

    private static IResult Preview([FromForm] string? markdown) => markdown is { Length: > DiaryEntry.LongestText }
        ? Results.StatusCode(StatusCodes.Status413PayloadTooLarge)
        : Results.Content(MarkdownRenderer.Render(markdown ?? "", new MarkupOptions(MarkupFor.Post)).Html, "text/html; charset=utf-8");

    private static async Task Export(ClaimsPrincipal person, DiaryBook book, HttpContext http)
    {
        http.Response.ContentType = "text/markdown; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"diary.md\"";
        http.Response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(false), 8192, leaveOpen: true);
        await book.Write(person.Id(), writer, http.RequestAborted);
    }
}

/// <summary>Writes a diary as Markdown, the oldest entry first: a heading with the day, where it was written, what was asked, the text as it is.</summary>
internal sealed class DiaryBook(EnrollmentDb db, IMediator mediator)
{
    /// <returns>How many entries there are.</returns>
    public async Task<int> Write(Guid learnerId, TextWriter writer, CancellationToken ct)
    {
        var entries = await db.Set<DiaryEntry>().AsNoTracking().Where(e => e.LearnerId == learnerId).OrderBy(e => e.Id).ToListAsync(ct);
        Guid[] runs = [.. entries.Where(e => e.RunId is not null).Select(e => e.RunId!.Value).Distinct()];
        var terms = await mediator.Send(new Courses.Contracts.RunTermsQuery(runs), ct);
        var outlines = new Dictionary<Guid, Courses.Contracts.Outline>();
        foreach (var some in runs.Chunk(50))
            foreach (var (run, outline) in await mediator.Send(new Courses.Contracts.OutlinesQuery(some), ct))
                outlines[run] = outline;

        await writer.WriteAsync("# Diary\n");
        foreach (var entry in entries)
        {
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"\n## {entry.WrittenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n\n"));
            if (entry.RunId is { } run && terms.TryGetValue(run, out var term))
                await writer.WriteAsync($"*{term.CourseTitle}, {term.RunSlug}{(outlines.GetValueOrDefault(run)?.Items.FirstOrDefault(i => i.Id == entry.ItemId) is { } item ? ": " + item.Title : "")}*\n\n");
            if (entry.Prompt is { } prompt)
                await writer.WriteAsync($"> {prompt.ReplaceLineEndings("\n> ")}\n\n");
            await writer.WriteAsync(entry.Markdown + "\n");
            if (entry.Licence is { } licence)
                await writer.WriteAsync($"\n*Shared under {licence}.*\n");
        }

        return entries.Count;
    }
}
