using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>An entry that its learner has shared, for everyone who has its address.</summary>
[AllowAnonymous]
internal sealed class SharedEntryModel : ModulePage
{
    public DiaryLine Line { get; private set; } = null!;

    /// <summary>Null: whoever wrote it is gone.</summary>
    public Person? Author { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        Line = await Send(new SharedEntryQuery(id)) ?? throw new NotFound();
        Author = (await Send(new PeopleQuery([Line.Entry.LearnerId]))).GetValueOrDefault(Line.Entry.LearnerId);
        if (Author is { } author && Line.Run is { } run && (await Send(new NamesInCourseQuery(run.CourseId, [author.Id]))).TryGetValue(author.Id, out var pseudonym))
            Author = author with { Name = pseudonym };
    }
}
