using System.Globalization;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>The steps of an import: read and check, look at what is here, keep all of it in one save.</summary>
internal sealed class CourseIntake(CoursesDb db, AssetStore store, IMediator mediator, TimeProvider clock)
{
    /// <summary>Reads the whole folder or archive; what is wrong is noted in it.</summary>
    public async Task<CourseFolder> Read(string path, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var folder = await Task.Run(() => CourseFolder.Read(path), ct);
        try
        {
            var (done, all) = (0, folder.Items.Count());
            var quizzes = folder.Items.Where(i => i.Item is { Kind: ItemKind.Quiz, Unfinished: false }).Select(i => i.Item.Markdown).ToList();
            foreach (var (slug, file, item) in folder.Items)
            {
                if (item is { Kind: ItemKind.Quiz, Unfinished: false })
                    await Check(folder, slug, file, item, [.. quizzes.Where(other => !ReferenceEquals(other, item.Markdown))], ct);
                else if (item.Unfinished)
                    folder.Mistaken.Add(slug);
                progress?.Report(new(++done, all));
            }

            if (folder.Settings?.Grading is { } grading && await mediator.Send(new GradingFaultQuery(grading.Terms(new Dictionary<string, Guid>())), ct) is { } fault)
                folder.Problems.Add(new("course.yaml", grading.Line, string.Format(CultureInfo.InvariantCulture, fault.Text, [.. fault.Arguments])) { Text = fault.Text, Arguments = [.. fault.Arguments] });
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Finds the course of this name or begins a new one, and checks what only the database knows.</summary>
    public async Task<CourseArrival> Prepare(CourseFolder folder, string slug, Guid ownerId, CancellationToken ct)
    {
        var arrival = await CourseArrival.Prepare(db, folder, slug, ownerId, clock, ct);
        if (folder.Settings?.Grading is { } grading && !arrival.IsNew)
            arrival.IsGraded = GradingSettings.Json(await mediator.Send(new GradingTermsQuery(arrival.Course.Id), ct)) == GradingSettings.Json(grading.Terms(arrival.Ids));
        return arrival;
    }

    /// <summary>Keeps a folder without problems: its files, then everything else in one save.</summary>
    public async Task Keep(CourseFolder folder, CourseArrival arrival, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var (done, all) = (0, folder.Assets.Count + folder.Items.Count());
        var assets = new List<Asset>();
        foreach (var file in folder.Assets)
        {
            await using var bytes = File.OpenRead(file.Path);
            var (hash, length) = await store.Put(bytes, ct);
            assets.Add(new() { Id = clock.NewKey(), CourseId = arrival.Course.Id, Name = file.Name, ContentType = file.ContentType, Length = length, Hash = hash, Facts = file.Facts });
            progress?.Report(new(++done, all));
        }

        await arrival.Apply(assets, () => progress?.Report(new(++done, all)), ct);
        if (folder.Settings!.Grading is { } grading)
            db.Announce(new GradingImported(arrival.Course.Id, arrival.By, GradingSettings.Json(grading.Terms(arrival.Ids))));
        await db.SaveChangesAsync(ct);
    }

    public static ImportReport Report(CourseFolder folder, Guid? courseId)
    {
        var items = folder.Items.ToList();
        return new(
            courseId, folder.Settings?.Slug ?? "", folder.Settings?.Title ?? "", folder.Sections.Count,
            items.Count(i => i.Item.Kind == ItemKind.Lesson), items.Count(i => i.Item.Kind == ItemKind.Quiz), folder.Assets.Count, Sorted(folder.Problems))
        { Advice = Sorted(folder.Advice), Changed = Sorted(folder.Changed), LeftOut = [.. folder.LeftOut] };
    }

    // Quizzes knows what a quiz is; it keeps nothing yet.
    private async Task Check(CourseFolder folder, string slug, string file, ItemFile item, IReadOnlyList<string> beside, CancellationToken ct)
    {
        var check = await mediator.Send(new CheckQuizQuery(item.Markdown) { Beside = beside }, ct);
        if (check.Problems.Count > 0)
            folder.Mistaken.Add(slug);
        var told = item.Published ? folder.Problems : folder.Advice; // a draft may be half written
        foreach (var problem in check.Problems)
        {
            told.Add(new(file, problem.Line, string.Format(CultureInfo.InvariantCulture, problem.Message, [.. problem.Arguments]))
            { Text = problem.Message, Arguments = [.. problem.Arguments] });
        }
    }

    private static IReadOnlyList<ImportProblem> Sorted(List<ImportProblem> problems) =>
        [.. problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
}
