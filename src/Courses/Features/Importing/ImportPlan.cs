using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>What an import will do, before it does it.</summary>
/// <param name="Version">Of the course that is brought up to date; null: the course is new. When it has changed meanwhile, the plan is made anew.</param>
/// <param name="FactsChange">Whether title, texts or other facts of a course that is here change.</param>
internal sealed record ImportPlan(string Slug, int? Version, bool FactsChange, ImportReport Report, IReadOnlyList<PlannedChange> Changes)
{
    public static async Task<ImportPlan> Of(CoursesDb db, CourseFolder folder, CourseArrival arrival, CancellationToken ct)
    {
        var course = arrival.Course;
        var assets = await db.Assets.AsNoTracking().Where(a => a.CourseId == course.Id).ToDictionaryAsync(a => a.Name, a => (a.Hash, a.Facts), StringComparer.Ordinal, ct);
        var sections = course.Sections.ToDictionary(s => s.Id, s => s.Slug);
        var changes = new List<PlannedChange>();
        foreach (var part in folder.Sections)
        {
            foreach (var (slug, _, item) in part.Items)
            {
                if (!arrival.Before.TryGetValue(slug, out var there))
                    changes.Add(new(Coming.New, What(item.Kind), item.Title));
                else if ((there.Title, there.Markdown, there.Minutes, there.Rule, there.Opens, there.Due, there.Published, sections[there.SectionId])
                    != (item.Title, item.Markdown, item.Minutes, item.Rule, item.Opens, item.Due, item.Published, part.Settings.Slug)
                    || (there.Licence, there.Source) != (item.Licence, item.Source) || !there.Authors.SequenceEqual(item.Authors))
                    changes.Add(new(Coming.Changed, What(item.Kind), item.Title));
            }
        }

        var arriving = folder.Items.Select(i => i.Slug).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(arrival.Before.Values.Where(i => i.Published && !arriving.Contains(i.Slug)).Select(i => new PlannedChange(Coming.Draft, What(i.Kind), i.Title)));
        foreach (var file in folder.Assets)
        {
            if (!assets.Remove(file.Name, out var before))
                changes.Add(new(Coming.New, "file", file.Name));
            else if (before.Facts != file.Facts || before.Hash != await Hash(file.Path, ct))
                changes.Add(new(Coming.Changed, "file", file.Name));
        }

        changes.AddRange(assets.Keys.Order(StringComparer.Ordinal).Select(name => new PlannedChange(Coming.Gone, "file", name)));
        return new(course.Slug, arrival.IsNew ? null : course.Version, !arrival.IsNew && !arrival.IsDescribed, CourseIntake.Report(folder, null), changes);
    }

    private static string What(ItemKind kind) => kind == ItemKind.Quiz ? "quiz" : "lesson";

    private static async Task<string> Hash(string path, CancellationToken ct)
    {
        await using var bytes = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, ct));
    }
}

/// <param name="What"><c>lesson</c>, <c>quiz</c> or <c>file</c>.</param>
internal sealed record PlannedChange(Coming Coming, string What, string Name);

internal enum Coming
{
    New,
    Changed,

    /// <summary>Not in the folder any more: the item stays, for its team.</summary>
    Draft,

    /// <summary>Not in the folder any more: the file goes.</summary>
    Gone,
}
