using MoocPlatform.Courses;
using MoocPlatform.Discussions;
using MoocPlatform.Enrollment;
using MoocPlatform.Host;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes;

IModule[] modules = [new CoursesModule(), new EnrollmentModule(), new QuizzesModule(), new DiscussionsModule()];

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(modules);

var app = builder.Build();
app.UsePlatform(modules);

await app.Services.MigrateModules(app.Lifetime.ApplicationStopping);
await app.RunAsync();

/// <summary>The process. Public for the tests, which start the real one.</summary>
public partial class Program;
