using System.Globalization;
using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>Reads and checks the whole folder, and only when nothing is wrong keeps it, in one save.</summary>
internal sealed class ImportFolderHandler(CoursesDb db, AssetStore store, IMediator mediator, TimeProvider clock) : IRequestHandler<ImportFolder, ImportReport>
{
    public async Task<ImportReport> Handle(ImportFolder request, CancellationToken cancellationToken)
    {
        var folder = CourseFolder.Read(request.Folder);
        await CheckQuizzes(folder, cancellationToken);

        var arrival = folder.Settings is null ? null : await CourseArrival.Prepare(db, folder, request.OwnerId, clock, cancellationToken);
        if (folder.Problems.Count > 0 || arrival is null)
            return Report(folder, null, []);

        var assets = new List<Asset>();
        foreach (var file in folder.Assets)
        {
            await using var bytes = File.OpenRead(file.Path);
            var (hash, length) = await store.Put(bytes, cancellationToken);
            assets.Add(new() { Id = clock.NewKey(), CourseId = arrival.Course.Id, Name = file.Name, ContentType = file.ContentType, Length = length, Hash = hash });
        }

        await arrival.Apply(assets, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Report(folder, arrival.Course.Id, arrival.Advice);
    }

    // Quizzes knows what a quiz is; it keeps nothing yet.
    private async Task CheckQuizzes(CourseFolder folder, CancellationToken ct)
    {
        var quizzes = folder.Sections.SelectMany(s => s.Items).Where(i => i.Item.Kind == ItemKind.Quiz).ToList();
        foreach (var (_, file, item) in quizzes)
        {
            var beside = quizzes.Where(q => q.File != file).Select(q => q.Item.Markdown).ToList();
            var check = await mediator.Send(new CheckQuizQuery(item.Markdown) { Beside = beside }, ct);
            foreach (var problem in check.Problems)
                folder.Note(file, problem.Line, string.Format(CultureInfo.InvariantCulture, problem.Message, [.. problem.Arguments]));
        }
    }

    private static ImportReport Report(CourseFolder folder, Guid? courseId, IReadOnlyList<ImportProblem> advice)
    {
        var items = folder.Sections.SelectMany(s => s.Items).ToList();
        return new(
            courseId, folder.Settings?.Slug ?? "", folder.Settings?.Title ?? "", folder.Sections.Count,
            items.Count(i => i.Item.Kind == ItemKind.Lesson), items.Count(i => i.Item.Kind == ItemKind.Quiz), folder.Assets.Count,
            [.. folder.Problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)])
        { Advice = advice };
    }
}
