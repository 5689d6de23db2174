using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>Writes the whole course beside its target first: what has the target's name is complete.</summary>
internal sealed class ExportCourseHandler(Shelf shelf, CoursePackages packages) : IRequestHandler<ExportCourse, ExportReport?>
{
    public async Task<ExportReport?> Handle(ExportCourse request, CancellationToken cancellationToken)
    {
        if (await shelf.BySlug(request.Slug, cancellationToken) is not { } book || await packages.Whole(book.Course.Id, cancellationToken) is not { } package)
            return null;

        var target = Path.GetFullPath(request.Target);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var half = $"{Path.TrimEndingDirectorySeparator(target)}.{Path.GetRandomFileName()}";
        try
        {
            if (target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                await using (var file = new FileStream(half, FileMode.CreateNew))
                    await package.Zip(file, cancellationToken);
                File.Move(half, target, overwrite: true);
            }
            else
            {
                Directory.CreateDirectory(half);
                await package.Unpacked(half, cancellationToken);
                if (Directory.Exists(target))
                    Directory.Delete(target); // an empty one; what is not empty stays, and this is told
                Directory.Move(half, target);
            }
        }
        finally
        {
            File.Delete(half);
            if (Directory.Exists(half))
                Directory.Delete(half, recursive: true);
        }

        return package.Report;
    }
}
