using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Crediting;

/// <summary>Says whose a lesson is and what one may do with it, where that is not as in the rest of the course. Its text stays as it is.</summary>
/// <param name="Licence">SPDX; empty: the course's.</param>
/// <param name="Authors">One a line; empty: the course's.</param>
internal sealed record CreditLesson(Guid CourseId, Writer By, Guid ItemId, string? Licence, string? Authors, string? Source) : IRequest;

internal sealed class CreditLessonHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<CreditLesson, Unit>
{
    private const int MostAuthors = 50;

    public Task<Unit> Handle(CreditLesson command, CancellationToken ct) => db.Change(command.CourseId, command.By, clock, async (course, _) =>
    {
        var item = await db.Items.FirstOrDefaultAsync(i => i.Id == command.ItemId && i.CourseId == course.Id && i.Kind == ItemKind.Lesson, ct) ?? throw new Kernel.NotFound();
        item.Licence = command.Licence is null or "" ? "" : Licence.OfParts.FirstOrDefault(l => l.Spdx == command.Licence)?.Spdx ?? throw Refusals.NotOffered("Licence");
        item.Authors = [.. Entered.Text(command.Authors, "Authors", MostAuthors * AssetFacts.LongestAuthor).Split('\n')
            .Select(line => Entered.Line(line, "Authors", AssetFacts.LongestAuthor, optional: true)).Where(line => line.Length > 0).Take(MostAuthors)];
        item.Source = Entered.Line(command.Source, "Source", AssetFacts.LongestSource, optional: true);
    }, ct);
}
