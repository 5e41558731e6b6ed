// What a Go program does with the official SDK: one run through everything it can send.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"time"

	"github.com/getsentry/sentry-go"
	sentryhttp "github.com/getsentry/sentry-go/http"
)

var ids = map[string]string{}

type paymentError struct{ text string }

func (e *paymentError) Error() string { return e.text }

type stockError struct{ text string }

func (e *stockError) Error() string { return e.text }

func chargeCard(attempt int) error {
	if attempt == 1 {
		return &paymentError{"@everyone card declined for order 7"}
	}
	return &paymentError{"@everyone card declined for order 7"}
}

func readStock() error { return &stockError{"stock of shelf is negative"} }

func saveOrder() error { return fmt.Errorf("order cannot be saved: %w", readStock()) }

func capture(name string, err error, prepare func(*sentry.Scope)) {
	sentry.WithScope(func(scope *sentry.Scope) {
		if prepare != nil {
			prepare(scope)
		}
		if id := sentry.CaptureException(err); id != nil {
			ids[name] = string(*id)
		}
	})
}

func payments() {
	for attempt := 1; attempt <= 2; attempt++ {
		capture("payment_"+strconv.Itoa(attempt), chargeCard(attempt), func(scope *sentry.Scope) {
			scope.AddBreadcrumb(&sentry.Breadcrumb{Category: "cart", Message: "put shoes into the cart", Level: sentry.LevelInfo}, 10)
			scope.SetTags(map[string]string{"area": "payments", "correlation_id": "corr-1234"})
		})
	}
}

func fingerprints() {
	for _, tenant := range []string{"a", "b"} {
		capture("tenant_"+tenant, errors.New("no such tenant"), func(scope *sentry.Scope) {
			scope.SetFingerprint([]string{"{{ default }}", tenant})
		})
	}
	synced := func(scope *sentry.Scope) { scope.SetFingerprint([]string{"stock-sync"}) }
	_, err := strconv.Atoi("seven")
	capture("group_1", readStock(), synced)
	capture("group_2", err, synced)
}

func secrets() {
	_, err := strconv.ParseBool("perhaps")
	capture("secrets", err, func(scope *sentry.Scope) {
		scope.SetContext("form", sentry.Context{"password": os.Getenv("E2E_PASSWORD"), "note": "paid with " + os.Getenv("E2E_CARD")})
		scope.SetContext("upstream", sentry.Context{"authorization": "Bearer " + os.Getenv("E2E_TOKEN"), "host": "bank.example.com"})
	})
}

func attachments() {
	capture("attached", errors.New("invoice is missing"), func(scope *sentry.Scope) {
		scope.AddAttachment(&sentry.Attachment{Filename: "invoice.csv", ContentType: "text/csv", Payload: []byte("id;sum\n7;19.90\n")})
	})
}

func messages() {
	sentry.WithScope(func(scope *sentry.Scope) {
		scope.SetLevel(sentry.LevelWarning)
		ids["message"] = string(*sentry.CaptureMessage("user ada has 3 open orders"))
	})
}

// loseDatabase stands alone: with stacks attached, messages of one place are one issue.
func loseDatabase() {
	sentry.WithScope(func(scope *sentry.Scope) {
		scope.SetLevel(sentry.LevelFatal)
		ids["fatal"] = string(*sentry.CaptureMessage("database is gone"))
	})
}

// twins sends the same event twice, as a retrying proxy would deliver it.
func twins() {
	ids["twin"] = "7ca1f00d7ca1f00d7ca1f00d7ca1f00d"
	for range 2 {
		event := sentry.NewEvent()
		event.EventID = sentry.EventID(ids["twin"])
		event.Message = "sent twice"
		event.Level = sentry.LevelError
		sentry.CaptureEvent(event)
	}
}

func otherItems() {
	sentry.CaptureCheckIn(
		&sentry.CheckIn{MonitorSlug: "nightly-report", Status: sentry.CheckInStatusOK, Duration: 2 * time.Second},
		&sentry.MonitorConfig{Schedule: sentry.CrontabSchedule("0 3 * * *")},
	)
	capture("dropped", chargeCard(3), func(scope *sentry.Scope) { scope.SetTag("unwanted", "yes") })
	delete(ids, "dropped")
}

// serveOneRequest lets a handler panic; the SDK's own handler reports it.
func serveOneRequest() {
	handler := sentryhttp.New(sentryhttp.Options{}).HandleFunc(func(http.ResponseWriter, *http.Request) {
		var orders map[string]int
		orders["shoes"] = 1
	})
	server := httptest.NewServer(handler)
	defer server.Close()
	request, _ := http.NewRequest(http.MethodGet, server.URL+"/orders/7?page=2", nil)
	request.Header.Set("Authorization", "Bearer "+os.Getenv("E2E_TOKEN"))
	if answer, err := http.DefaultClient.Do(request); err == nil {
		answer.Body.Close()
	}
}

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn:              os.Getenv("SENTRY_DSN"),
		Release:          "checkout@2.3.1",
		Environment:      "production",
		ServerName:       "web-7",
		AttachStacktrace: true,
		SendDefaultPII:   true,
		BeforeSend: func(event *sentry.Event, _ *sentry.EventHint) *sentry.Event {
			if event.Tags["unwanted"] != "" {
				return nil
			}
			return event
		},
	})
	if err != nil {
		panic(err)
	}
	sentry.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetUser(sentry.User{ID: "42", Email: "ada@example.com", Username: "ada"})
		scope.SetContext("cart", sentry.Context{"items": 3, "currency": "EUR"})
		scope.SetTag("shop", "berlin")
	})
	payments()
	capture("stock", readStock(), nil)
	capture("cause", saveOrder(), nil)
	fingerprints()
	secrets()
	attachments()
	messages()
	loseDatabase()
	twins()
	otherItems()
	serveOneRequest()
	sentry.Flush(10 * time.Second)
	answer, _ := json.Marshal(ids)
	fmt.Println(string(answer))
}
