using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>What a badge is given for, as it was said when badges were issued for it.</summary>
[AllowAnonymous]
internal sealed class ShowAchievementModel(EnrollmentDb db) : ModulePage
{
    public Achievement Achievement { get; private set; } = null!;

    public JsonObject Said { get; private set; } = null!;

    /// <summary>The course as it is today; null: it is gone.</summary>
    public BadgeOfCourse? Course { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Achievement = await db.Set<Achievement>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFound();
        var (form, type) = Representation.Asked(Request, Form.Json);
        if (form == Form.Json)
            return new Answer(Representation.Open(HttpContext, Json.Text(BadgeText.Alone(Achievement)), type));
        Said = Json.Read(Achievement.Json)!;
        Course = await Send(new BadgeOfCourseQuery(Achievement.CourseId));
        return Page();
    }
}
