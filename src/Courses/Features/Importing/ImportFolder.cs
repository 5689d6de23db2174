using MediatR;
using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>Reads and checks the whole folder, and only when nothing is wrong keeps it, in one save.</summary>
internal sealed class ImportFolderHandler(CourseIntake intake) : IRequestHandler<ImportFolder, ImportReport>
{
    public async Task<ImportReport> Handle(ImportFolder request, CancellationToken cancellationToken)
    {
        using var folder = await intake.Read(request.Folder, request.Progress, cancellationToken);
        var arrival = folder.Settings is { } settings ? await intake.Prepare(folder, settings.Slug, request.OwnerId, cancellationToken) : null;
        if (folder.Problems.Count > 0 || arrival is null)
            return CourseIntake.Report(folder, null);

        await intake.Keep(folder, arrival, request.Progress, cancellationToken);
        return CourseIntake.Report(folder, arrival.Course.Id);
    }
}
