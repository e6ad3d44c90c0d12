// Generated from openapi.json by npm run generate. Change the schemas in src, not this file.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server runs */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server can work */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What this process counts and times
         * @description OpenMetrics text for Prometheus and its like. For admins; `TROUPE_METRICS_PORT` shows the same without a key on a port of its own.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{expires}/{signature}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a link of `results`
         * @description Needs no key. Answers byte ranges.
         */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a browser in
         * @description For the console's pages: answers the key's record and sets a cookie that no script can read. It lasts while the key works, 12 hours without use, 7 days in all. Takes one of both fields.
         */
        post: operations["signIn"];
        /**
         * Sign a browser out
         * @description Ends the session and every event stream that it follows; also where it has ended already.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a task
         * @description Checks everything that can be known without fetching, reserves the credits and answers with the task. Follow it with `GET /v1/tasks/{task_id}` or a `callback_url`. Fields that have no effect are named in the response header `Troupe-Ignored-Fields`.
         */
        post: operations["createGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a task for pictures
         * @description Checks everything that can be known without fetching, reserves the credits and answers with the task. Follow it with `GET /v1/tasks/{task_id}` or a `callback_url`. Fields that have no effect are named in the response header `Troupe-Ignored-Fields`.
         */
        post: operations["createImages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query a task */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what a task was asked for
         * @description As a body of `POST /v1/videos/generations` that asks for the same, to run it again or changed.
         */
        get: operations["getTaskRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an unfinished task
         * @description The reserved credits are refunded in full. What has been sent to a service that bills it goes on and is charged: then the answer is 409 `task_not_cancellable`.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the account's tasks, newest first
         * @description Numbered pages by `page` and `page_size`, with the `total` of all. With `limit` or `cursor` instead the page begins behind the last row that was read: no row is missed or shown twice when others are added meanwhile, and deep pages cost no more. A `total` of 10000 or more may be up to a minute old.
         */
        get: operations["listTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Query up to 50 tasks at once
         * @description In the order of `task_ids`; ids that are unknown or belong to somebody else are left out.
         */
        post: operations["getTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a task
         * @description An event stream: `event: task` with the task as the query answers it, at once and after each change; ends after the last one. A stream that goes on behind the last one is answered 204, so that a browser stops asking.
         */
        get: operations["followTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the account's tasks
         * @description An event stream: `event: task` with each task after each change, from now on or behind `Last-Event-ID`. A comment every 15 s keeps it open and brings the newest id. `event: missed` comes first where the given id is too old to go on from: then list what changed.
         */
        get: operations["followTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a task's callback
         * @description Every attempt with its outcome.
         */
        get: operations["getTaskCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{task_id}/callbacks/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a finished task's callback again
         * @description Begins a new round of attempts, the first of it at once, with the same `webhook-id` and the task as the query answers it then. The answer does not wait for it: follow it with `GET /v1/tasks/{task_id}/callbacks`.
         */
        post: operations["resendCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callbacks/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a receiver of callbacks
         * @description Posts one example there now, signed like any callback, and answers what came of it within 10 s. Its body is a completed task with `test: true` beside the usual fields; no such task exists.
         */
        post: operations["testCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callbacks/given-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Callbacks that were given up
         * @description The newest first. One that is sent again leaves the list.
         */
        get: operations["listGivenUpCallbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callbacks/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The secrets that the account's callbacks are signed with
         * @description The newest first; an older one signs beside it until `expires_at`.
         */
        get: operations["listCallbackSecrets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/callbacks/secrets/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret for callbacks
         * @description The old one is valid beside it for 24 hours, and both sign. Answers those that are valid, the new one first.
         */
        post: operations["rotateCallbackSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search the account's elements
         * @description Numbered pages by `page` and `page_size`, with the `total` of all. With `limit` or `cursor` instead the page begins behind the last row that was read: no row is missed or shown twice when others are added meanwhile, and deep pages cost no more. A `total` of 10000 or more may be up to a minute old.
         */
        get: operations["listElements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an element
         * @description Everything that was measured of it, its quality report, and where its files are.
         */
        get: operations["getElement"];
        put?: never;
        post?: never;
        /**
         * Delete an element
         * @description Videos made of it stay. Its files are removed an hour later; the id is never given to another.
         */
        delete: operations["deleteElement"];
        options?: never;
        head?: never;
        /**
         * Change the name, the description or the tags of an element
         * @description By the rules of creation. Its id, its pictures and the videos made of it stay as they are.
         */
        patch: operations["changeElement"];
        trace?: never;
    };
    "/v1/elements/{element_id}/files/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download one of an element's files
         * @description Answers byte ranges.
         */
        get: operations["getElementFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tasks that named an element, newest first */
        get: operations["listElementUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/views/{view}/cutout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at the cut-out of one picture */
        get: operations["getCutout"];
        /**
         * Mend the cut-out of one picture
         * @description Stores the mended matte and makes everything anew that follows from it: cut-out, sheet, colors, scores and report. The element keeps its id and has one more revision. Charges nothing.
         */
        put: operations["mendCutout"];
        post?: never;
        /**
         * Go back to the automatic cut-out of one picture
         * @description As one more revision; a picture whose cut-out is automatic stays as it is. Charges nothing.
         */
        delete: operations["undoMending"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/views/{view}/cutout/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See what strokes would make of a cut-out
         * @description The matte as a PNG: what `PUT` with the same body would store. Nothing is stored.
         */
        post: operations["previewCutout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/angles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have further views made of an element
         * @description A task like those of pictures, by the model `kling-image-angles`: its pictures are three sets of three, each from other sides, of what the frontal picture shows. One set becomes a new element by the call below. Made by the Kling API alone: 404 `engine_not_available` on a server without an account there.
         */
        post: operations["createAngles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/angles/{task_id}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new element with a set of further views
         * @description A task for an element as any other, for its price: the frontal picture is that of `element_id`, which stays as it is, the others are those of the set. Name, description and tags are its too unless they are given.
         */
        post: operations["chooseAngles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/{element_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export an element as one file
         * @description A ZIP archive with every picture, `element.json` and `SHA256SUMS`; the README in it says what is what. It can be imported into any server of this kind.
         */
        get: operations["exportElement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import an element
         * @description The body is an archive that `GET /v1/elements/{element_id}/export` wrote. It is refused whole, with the entry and the rule, when a sum, a name or a fact is off or a picture would be refused at creation. The element keeps its id where that is free here. Charges nothing.
         */
        post: operations["importElement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/upload/base64": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a file that comes as base64
         * @description For small files: the whole body is read first, so it may have `TROUPE_BODY_BYTES` at most.
         */
        post: operations["uploadEncodedFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/upload/url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a file that the server fetches
         * @description Fetched as reference media are: from public addresses only.
         */
        post: operations["uploadFileFromUrl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many files the account may still keep */
        get: operations["getFileQuota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the account's files, newest first
         * @description Numbered pages by `page` and `pageSize`, with the `total` of all. With `limit` or `cursor` instead the page begins behind the last row that was read: no row is missed or shown twice when others are added meanwhile, and deep pages cost no more. A `total` of 10000 or more may be up to a minute old.
         */
        get: operations["listFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a file
         * @description Its links end at once. Tasks that were given it keep it until they have ended.
         */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/upload-receipts/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of an upload
         * @description By the client's own `X-Evo-Upload-Id`, for a client whose connection broke.
         */
        get: operations["getUploadReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/download/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description With a `download_url`, which needs no key, or with a key of the account. Answers byte ranges.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credits of the key and its account */
        get: operations["getCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model that the key may use, with its price */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Models that the key may use, with their prices */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that asks
         * @description Its record, with its account and role.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the account's keys, newest first
         * @description An admin sees those of all accounts, or of the one that it names.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description A key can give no more than it has itself: role, models, limits and end. What the request leaves out, the new key has like the asking one; its role is then `caller`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a key */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Delete a key
         * @description For good, and at once as a change. Its tasks and elements stay with the account.
         */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        /**
         * Change a key
         * @description What is left out stays. It holds at once in the process that answers and within a second in all others. No key can disable or end itself, nor change one of a higher role; what it adds to a key must be within what it has itself.
         */
        patch: operations["changeKey"];
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the accounts, newest first */
        get: operations["listAccounts"];
        put?: never;
        /**
         * Make an account
         * @description Without credits and without keys: `POST /v1/keys` with its `account` makes its first one.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Top an account up, or withdraw
         * @description Answers the account as it is then. What tasks have reserved or used can not be withdrawn. With an `Idempotency-Key` the credits move exactly once, however often the request is repeated; without one, each request moves them.
         */
        post: operations["moveCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalog/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public list of models
         * @description Needs no key. The form is the one that the hosted service has for its own tools.
         */
        get: operations["listCatalogModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/catalog/pricing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public list of prices
         * @description Needs no key. One line for each quality and sound of a model that is priced by the second.
         */
        get: operations["listCatalogPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agent-estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a request would cost
         * @description Nothing is checked but what decides the price, and nothing is reserved.
         */
        post: operations["estimatePrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account's ledger, newest first
         * @description With `Accept: text/csv` the same as CSV, streamed: all of it, or as many rows as `limit` says. A text that a spreadsheet would run as a formula has an apostrophe before it there.
         */
        get: operations["listTransfers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks and credits by day, model, key and status
         * @description At most 400 days, in ascending order of the groups. An admin sees all accounts together, or the one that it names. Without `limit` and `cursor` a page has up to 10000 rows.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/kling/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Balance, slots, stops, spending and failures of the Kling account
         * @description What this server knows of it. 503 `service_unavailable` without credentials for it.
         */
        get: operations["getKlingStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/kling/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Try the Kling account
         * @description Makes a few calls there that cost nothing, and says in words what is wrong and which setting to change.
         */
        get: operations["checkKling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is missing or wrong at this server
         * @description Looks at database, storage, video programs, disks, memory, clock, public address and Kling credentials of the process that answers, as `troupe doctor` does on its machine; each part that is wrong says how to mend it.
         */
        get: operations["getDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replay the ledger against the balances
         * @description Reads every transfer: some seconds for each half a million tasks.
         */
        get: operations["checkLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/elements/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the vendor's own elements
         * @description With a Kling account. Their ids belong to the vendor: `troupe elements adopt` makes one an element here.
         */
        get: operations["listPresetElements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the voices that the account may bind to elements
         * @description Those granted to it, then the vendor's; an admin sees all of the Kling account.
         */
        get: operations["listVoices"];
        put?: never;
        /**
         * Have a voice made of a recording
         * @description The vendor charges the Kling account for it. Granted to `account`, by default that of the key.
         */
        post: operations["createVoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voices/{voice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a voice from the Kling account */
        delete: operations["deleteVoice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voices/{voice_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an account bind a voice to its elements */
        post: operations["grantVoice"];
        /** Take a voice back from an account; elements that have it keep it */
        delete: operations["revokeVoice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/upload/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a file here for a while
         * @description A form (`multipart/form-data`) with the file as `file`, and perhaps `file_name` and `upload_path`. The type is told by its bytes: JPEG, PNG, WebP, HEIC, AVIF; MP4, MOV, WebM; WAV, MP3, AAC, M4A, FLAC, Ogg. With `X-Evo-Upload-Id` a repeated upload answers the first one.
         */
        post: operations["uploadFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/advanced-custom-elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as an element
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingElements"];
        put?: never;
        /**
         * Make an element
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingElement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/advanced-custom-elements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query an element */
        get: operations["getKlingElement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/omni-video": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as an omni video
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingOmniVideos"];
        put?: never;
        /**
         * Make an omni video
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingOmniVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/omni-video/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query an omni video */
        get: operations["getKlingOmniVideo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/image2video": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as a video from a first frame
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingImageVideos"];
        put?: never;
        /**
         * Make a video from a first frame
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingImageVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/image2video/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query a video from a first frame */
        get: operations["getKlingImageVideo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/text2video": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as a video from words
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingTextVideos"];
        put?: never;
        /**
         * Make a video from words
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingTextVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/text2video/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query a video from words */
        get: operations["getKlingTextVideo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/motion-control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as a video after a motion
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingMotionVideos"];
        put?: never;
        /**
         * Make a video after a motion
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingMotionVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/motion-control/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query a video after a motion */
        get: operations["getKlingMotionVideo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/omni-image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as omni images
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingOmniImages"];
        put?: never;
        /**
         * Make omni images
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingOmniImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/omni-image/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query omni images */
        get: operations["getKlingOmniImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/ai-multi-shot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was made as further views of a subject
         * @description Newest first, of every form, without dry runs and what was deleted.
         */
        get: operations["listKlingAngless"];
        put?: never;
        /**
         * Make further views of a subject
         * @description As the official API has it. What is made is found as a task in every other form too.
         */
        post: operations["createKlingAngles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/ai-multi-shot/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query further views of a subject */
        get: operations["getKlingAngles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/delete-elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an element
         * @description By its `element_id`; answers the task that made it. Both paths are the same.
         */
        post: operations["deleteKlingElement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/delete-advanced-elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete an element
         * @description By its `element_id`; answers the task that made it. Both paths are the same.
         */
        post: operations["deleteKlingAdvancedElement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/advanced-presets-elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the vendor's own elements
         * @description With a Kling account; without one the list is empty.
         */
        get: operations["listKlingPresetElements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/custom-voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the voices that were granted to the account */
        get: operations["listKlingVoices"];
        put?: never;
        /**
         * Have a voice made of a recording
         * @description The vendor charges the Kling account for it, so that it takes an admin. Answers when it is made, after 60 s at the latest.
         */
        post: operations["createKlingVoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/presets-voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the vendor's voices */
        get: operations["listKlingPresetVoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/custom-voices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Query a voice
         * @description By its id; for an admin by the id of the task that makes it, too.
         */
        get: operations["getKlingVoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/general/delete-voices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete a voice from the Kling account */
        post: operations["deleteKlingVoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credits of the account, as a pack of units */
        get: operations["getKlingCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the account's videos
         * @description Those of every form, without dry runs and without what was deleted.
         */
        get: operations["listVideos"];
        put?: never;
        /**
         * Start a video
         * @description As the OpenAI videos API has it: JSON, or a form in which `input_reference` may be a file. The credits are reserved, and what is made is found as a task as well. `openai-poll-after-ms` says when to ask again.
         */
        post: operations["createVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/characters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a character from a clip
         * @description An element, as `kling-custom-element` makes one of a clip, at its price. Answers when it is made, after 60 s at the latest: then `status` is `in_progress` and `id` that of the task, by which it can be asked for.
         */
        post: operations["createCharacter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/characters/{character_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Query a character
         * @description By its id, or by that of the task that makes it.
         */
        get: operations["getCharacter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query a video */
        get: operations["getVideo"];
        put?: never;
        post?: never;
        /**
         * Delete a video
         * @description Its links end at once. An unfinished one is cancelled, and what it reserved is refunded.
         */
        delete: operations["deleteVideo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a video or pictures of it
         * @description Answers byte ranges.
         */
        get: operations["getVideoContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/{video_id}/remix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Not made here: a remix of a video
         * @deprecated
         * @description Always answers 400 that says so. `kling-o3-video-edit` changes a given video (`POST /v1/videos/generations`).
         */
        post: operations["remixVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Not made here: an edit by this route
         * @deprecated
         * @description Always answers 400 that says so. `kling-o3-video-edit` changes a given video (`POST /v1/videos/generations`).
         */
        post: operations["editVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/videos/extensions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Not made here: an extension of a video
         * @deprecated
         * @description Always answers 400 that says so. `kling-o3-video-edit` changes a given video (`POST /v1/videos/generations`).
         */
        post: operations["extendVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message of the Model Context Protocol
         * @description Streamable HTTP of MCP: a JSON-RPC message; the answer is an event stream with progress on the way.
         */
        post: operations["sendMcpMessage"];
        /** End a session of the Model Context Protocol */
        delete: operations["endMcpSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    taskFinished: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A task has completed, failed or been cancelled
         * @description POSTed to the `callback_url` of the request once its credits are settled. Up to four attempts, 1, 2 and 4 s after the failure before, 10 s each. Signed after Standard Webhooks: base64 of HMAC-SHA256 over `id.timestamp.body`, one signature for each valid secret of the account.
         */
        post: operations["taskFinished"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Error: {
            error: {
                /**
                 * @description Stable word for programs; each has an entry in the error guide.
                 * @example invalid_request
                 */
                code: string;
                /**
                 * @description For people: the field, the measured value and the rule.
                 * @example model_params.element_name: 24 characters, at most 20 are allowed
                 */
                message: string;
                /**
                 * @description Family of the code.
                 * @example invalid_request_error
                 */
                type: string;
                /**
                 * @description Path of the field at fault.
                 * @example model_params.element_name
                 */
                param?: string;
                /** @description What to do next. */
                suggestion?: string;
                /** @description The `X-Request-Id` of the answer. */
                request_id?: string;
            } & {
                [key: string]: unknown;
            };
        };
        Key: {
            key_id: number;
            name: string;
            /**
             * @description What it may do beside making things.
             * @enum {string}
             */
            role: "caller" | "manager" | "admin";
            account: {
                account_id: number;
                name: string;
            };
            /**
             * @description Its beginning and last four characters.
             * @example sk-troupe…Xy9z
             */
            hint: string;
            /** @description The public half of its pair, of a key that was made with one. */
            access_key?: string;
            /** @description Models that it may use; null for all. */
            allowed_models: string[] | null;
            /** @description What it may spend in all; null for no limit. */
            total_limit_credits: number | null;
            /** @description What it may spend from midnight to midnight UTC; null for no limit. */
            daily_limit_credits: number | null;
            used_credits: number;
            /** @description Since midnight UTC. */
            used_today_credits: number;
            /**
             * Format: date-time
             * @description When it ends; null for never.
             */
            expires_at: string | null;
            disabled: boolean;
            /**
             * Format: date-time
             * @description To the minute; null when it was never used.
             */
            last_used_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description Makes a reusable element from reference images or a short reference video. */
        "kling-custom-element": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-custom-element";
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
            model_params: {
                /**
                 * @description Name of the element, 1 to 20 Unicode code points.
                 * @example My Character
                 */
                element_name: string;
                /**
                 * @description What the subject looks like, 1 to 100 Unicode code points.
                 * @example A young woman with long black hair and brown eyes
                 */
                element_description: string;
                /**
                 * @description Addition of this server: categories of the element, as the Kling API has them. `o_101` hottest or meme, `o_102` character, `o_103` animal, `o_104` item, `o_105` costume, `o_106` scene, `o_107` effect, `o_108` others. Shown in the library, and sent along when the element is made at the Kling API.
                 * @example [
                 *       {
                 *         "tag_id": "o_102"
                 *       }
                 *     ]
                 */
                tag_list?: {
                    /**
                     * @example o_102
                     * @enum {string}
                     */
                    tag_id: "o_101" | "o_102" | "o_103" | "o_104" | "o_105" | "o_106" | "o_107" | "o_108";
                }[];
                /**
                 * @description The element is made from images.
                 * @enum {string}
                 */
                reference_type: "image_refer";
                /** @description The images of an element made with `image_refer`. */
                element_image_list: {
                    /**
                     * @description The subject seen from the front. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
                     * @example https://example.com/front.jpg
                     */
                    frontal_image: string;
                    /** @description 1 to 3 further views of the subject. */
                    refer_images: {
                        /**
                         * @description The same subject from another angle. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
                         * @example https://example.com/front.jpg
                         */
                        image_url: string;
                    }[];
                };
            } | {
                /**
                 * @description Name of the element, 1 to 20 Unicode code points.
                 * @example My Character
                 */
                element_name: string;
                /**
                 * @description What the subject looks like, 1 to 100 Unicode code points.
                 * @example A young woman with long black hair and brown eyes
                 */
                element_description: string;
                /**
                 * @description Addition of this server: categories of the element, as the Kling API has them. `o_101` hottest or meme, `o_102` character, `o_103` animal, `o_104` item, `o_105` costume, `o_106` scene, `o_107` effect, `o_108` others. Shown in the library, and sent along when the element is made at the Kling API.
                 * @example [
                 *       {
                 *         "tag_id": "o_102"
                 *       }
                 *     ]
                 */
                tag_list?: {
                    /**
                     * @example o_102
                     * @enum {string}
                     */
                    tag_id: "o_101" | "o_102" | "o_103" | "o_104" | "o_105" | "o_106" | "o_107" | "o_108";
                }[];
                /**
                 * @description The element is made from a video.
                 * @enum {string}
                 */
                reference_type: "video_refer";
                /** @description The video of an element made with `video_refer`. The older form `{"video_url": "https://…"}` is accepted too. */
                element_video_list: {
                    /** @description Exactly one reference video. */
                    refer_videos: {
                        /**
                         * Format: uri
                         * @description http or https URL that the server can fetch. MP4, MOV or WebM, at most 8 s and 100 MB, 720 to 2160 px wide, with one person whose face is clearly visible.
                         * @example https://example.com/reference.mp4
                         */
                        video_url: string;
                    }[];
                };
                /**
                 * @description Voice to bind to the element.
                 * @example 829824295735410756
                 */
                element_voice_id?: string;
            };
        };
        /** @description Makes a video from words, with up to 7 elements, in one shot or several. */
        "kling-o3-text-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o3-text-to-video";
            /** @description What happens in the video, at most 2500 Unicode code points. Required unless `shot_type` is `customize`, where it has no effect. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Width to height.
             * @default 16:9
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p" | "4k";
            /**
             * @description Whether sound is made; the price follows it.
             * @default off
             * @enum {string}
             */
            sound?: "on" | "off";
            model_params?: {
                /**
                 * @description Whether the video has several shots.
                 * @default false
                 */
                multi_shot?: boolean;
                /**
                 * @description Required with `multi_shot`. `customize`: `multi_prompt` tells the shots, and `prompt` has no effect.
                 * @enum {string}
                 */
                shot_type?: "customize";
                /** @description 1 to 6 shots; required with `customize`. Their durations must add up to `duration`. */
                multi_prompt?: {
                    /** @description Place of the shot, from 1, each once. */
                    index: number;
                    /** @description What happens in the shot, 1 to 512 Unicode code points, with the same marks as `prompt`. */
                    prompt: string;
                    /**
                     * @description Length in whole seconds, at least 1, as text. A number is accepted too.
                     * @example 5
                     */
                    duration: string;
                }[];
                /** @description At most 7 elements. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a video from a first frame, a first and a last frame, or reference images, with elements. */
        "kling-o3-image-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o3-image-to-video";
            /** @description What happens in the video, at most 2500 Unicode code points. Required unless `shot_type` is `customize`, where it has no effect. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /**
             * @description The first frame. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_start?: string;
            /**
             * @description The last frame; needs `image_start`. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_end?: string;
            /**
             * @description Reference images: scene, style, things. At most 7 images and elements together, none beside `image_end`. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Width to height. Without it, that of the first frame, else 16:9.
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p" | "4k";
            /**
             * @description Whether sound is made; the price follows it.
             * @default off
             * @enum {string}
             */
            sound?: "on" | "off";
            model_params?: {
                /**
                 * @description Whether the video has several shots.
                 * @default false
                 */
                multi_shot?: boolean;
                /**
                 * @description Required with `multi_shot`. `customize`: `multi_prompt` tells the shots, and `prompt` has no effect.
                 * @enum {string}
                 */
                shot_type?: "customize";
                /** @description 1 to 6 shots; required with `customize`. Their durations must add up to `duration`. */
                multi_prompt?: {
                    /** @description Place of the shot, from 1, each once. */
                    index: number;
                    /** @description What happens in the shot, 1 to 512 Unicode code points, with the same marks as `prompt`. */
                    prompt: string;
                    /**
                     * @description Length in whole seconds, at least 1, as text. A number is accepted too.
                     * @example 5
                     */
                    duration: string;
                }[];
                /** @description At most 3 elements with `image_start`; at most 7 images and elements together. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a new video in the manner of a given one: its motion, camera and style. Makes no sound. */
        "kling-o3-reference-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o3-reference-to-video";
            /** @description What happens in the video, 1 to 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt: string;
            /**
             * Format: uri
             * @description The video to follow. MP4 or MOV, at most 200 MB, at least 3 s, each side 720 to 2160 px, 24 to 60 frames a second. An http or https URL that the server can fetch.
             * @example https://example.com/clip.mp4
             */
            video_url: string;
            /**
             * @description Whether the given video's own sound stays. No other sound is made.
             * @default true
             */
            keep_original_sound?: boolean;
            /**
             * @description The first frame. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_start?: string;
            /**
             * @description At most 4 images and elements together. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Width to height. Without it, that of the first frame, else of the given video.
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p" | "4k";
            model_params?: {
                /**
                 * @description Whether the video has several shots.
                 * @default false
                 */
                multi_shot?: boolean;
                /**
                 * @description Required with `multi_shot`. `intelligence`: the model cuts the story of `prompt` into shots.
                 * @enum {string}
                 */
                shot_type?: "intelligence";
                /** @description Elements made with `image_refer`, or a single one made with `video_refer` and no image; at most 4 images and elements together. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Changes a given video: its look, its place, or who is in it. Length and aspect ratio stay; makes no sound. Charged by the length of what was made. */
        "kling-o3-video-edit": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o3-video-edit";
            /** @description What to make of it, at most 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /**
             * Format: uri
             * @description The video to change. MP4 or MOV, at most 200 MB, 3 to 10 s, each side 720 to 2160 px, 24 to 60 frames a second. An http or https URL that the server can fetch.
             * @example https://example.com/clip.mp4
             */
            video_url: string;
            /**
             * @description Whether the given video's own sound stays. No other sound is made.
             * @default true
             */
            keep_original_sound?: boolean;
            /**
             * @description At most 4 images and elements together. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p";
            model_params?: {
                /** @description Elements made with `image_refer`, or a single one made with `video_refer` and no image; at most 4 images and elements together. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a video from words, in one shot or several. Takes no elements. */
        "kling-v3-text-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-v3-text-to-video";
            /** @description What happens in the video, at most 2500 Unicode code points. Required unless `shot_type` is `customize`, where it has no effect. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /** @description What the video should not show, at most 2500 Unicode code points. */
            negative_prompt?: string;
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Width to height.
             * @default 16:9
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p" | "4k";
            /**
             * @description Whether sound is made; the price follows it.
             * @default off
             * @enum {string}
             */
            sound?: "on" | "off";
            model_params?: {
                /**
                 * @description Whether the video has several shots.
                 * @default false
                 */
                multi_shot?: boolean;
                /**
                 * @description Required with `multi_shot`. `customize`: `multi_prompt` tells the shots, and `prompt` has no effect. `intelligence`: the model cuts the story of `prompt` into shots.
                 * @enum {string}
                 */
                shot_type?: "customize" | "intelligence";
                /** @description 1 to 6 shots; required with `customize`. Their durations must add up to `duration`. */
                multi_prompt?: {
                    /** @description Place of the shot, from 1, each once. */
                    index: number;
                    /** @description What happens in the shot, 1 to 512 Unicode code points, with the same marks as `prompt`. */
                    prompt: string;
                    /**
                     * @description Length in whole seconds, at least 1, as text. A number is accepted too.
                     * @example 5
                     */
                    duration: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a video from a first frame, or a first and a last one, with up to 3 elements. */
        "kling-v3-image-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-v3-image-to-video";
            /** @description What to make of it, at most 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /** @description What the video should not show, at most 2500 Unicode code points. */
            negative_prompt?: string;
            /**
             * @description The first frame. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_start: string;
            /**
             * @description The last frame; needs `image_start`. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_end?: string;
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p" | "4k";
            /**
             * @description Whether sound is made; the price follows it.
             * @default off
             * @enum {string}
             */
            sound?: "on" | "off";
            model_params?: {
                /**
                 * @description Whether the video has several shots.
                 * @default false
                 */
                multi_shot?: boolean;
                /**
                 * @description Required with `multi_shot`. `customize`: `multi_prompt` tells the shots, and `prompt` has no effect. `intelligence`: the model cuts the story of `prompt` into shots.
                 * @enum {string}
                 */
                shot_type?: "customize" | "intelligence";
                /** @description 1 to 6 shots; required with `customize`. Their durations must add up to `duration`. */
                multi_prompt?: {
                    /** @description Place of the shot, from 1, each once. */
                    index: number;
                    /** @description What happens in the shot, 1 to 512 Unicode code points, with the same marks as `prompt`. */
                    prompt: string;
                    /**
                     * @description Length in whole seconds, at least 1, as text. A number is accepted too.
                     * @example 5
                     */
                    duration: string;
                }[];
                /** @description At most 3 elements. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Moves the character of an image as somebody moves in a given video. Makes no sound. Charged by the length of what was made. */
        "kling-v3-motion-control": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-v3-motion-control";
            /** @description What to make of it, at most 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /**
             * @description Exactly one image: the character. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls: string[];
            /**
             * @description Exactly one video: the motion. An http or https URL that the server can fetch. MP4 or MOV, at most 100 MB, 3 to 30 s, each side 340 to 3850 px.
             * @example [
             *       "https://example.com/dance.mp4"
             *     ]
             */
            video_urls: string[];
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p";
            model_params: {
                /**
                 * @description What the character faces like: the image (the video may last 10 s then) or the video (30 s). With an element only `video`.
                 * @enum {string}
                 */
                character_orientation: "image" | "video";
                /** @description At most one element, made with `video_refer`. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
                /**
                 * @description Whether the given video's own sound stays. No other sound is made.
                 * @default true
                 */
                keep_sound?: boolean;
                /** @description Whether the video carries a watermark. */
                watermark_info?: {
                    /** @default false */
                    enabled?: boolean;
                };
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a video from words, sooner than V3; several shots are told in the prompt. Takes no elements. */
        "kling-v3-turbo-text-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-v3-turbo-text-to-video";
            /** @description What happens in the video, 1 to 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt: string;
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Width to height.
             * @default 16:9
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p";
            model_params?: Record<string, never>;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a video from a first frame, sooner than V3; several shots are told in the prompt. Takes no elements. */
        "kling-v3-turbo-image-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-v3-turbo-image-to-video";
            /** @description What to make of it, at most 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt?: string;
            /**
             * @description The first frame. An http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example https://example.com/start.jpg
             */
            image_start: string;
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             */
            duration?: number;
            /**
             * @description Size of the picture; the price follows it.
             * @default 720p
             * @enum {string}
             */
            quality?: "720p" | "1080p";
            model_params?: Record<string, never>;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes a silent video of 5 or 10 s from a first frame, or a first and a last one. Takes no elements. */
        "kling-o1-image-to-video": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o1-image-to-video";
            /** @description What happens in the video, 1 to 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt: string;
            /**
             * @description The first frame, then the last one if there is one. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls: string[];
            /**
             * @description Width to height. Without it, that of the first frame.
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1";
            /**
             * @description Length in whole seconds; the price follows it.
             * @default 5
             * @enum {integer}
             */
            duration?: 5 | 10;
            model_params?: Record<string, never>;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Changes a given video as the prompt says. Its length stays; makes no sound. Takes no elements. Charged by the length of what was made. */
        "kling-o1-video-edit": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o1-video-edit";
            /** @description What happens in the video, 1 to 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt: string;
            /**
             * @description Exactly one video: the one to change. An http or https URL that the server can fetch. MP4 or MOV, at most 100 MB, 3 to 10 s.
             * @example [
             *       "https://example.com/street.mp4"
             *     ]
             */
            video_urls: string[];
            /**
             * @description At most 4 images of what it should look like. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Whether the given video's own sound stays. No other sound is made.
             * @default true
             */
            keep_original_sound?: boolean;
            model_params?: Record<string, never>;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Changes a given video as the prompt says, sooner. Its length stays; makes no sound. Takes no elements. Charged by the length of what was made. */
        "kling-o1-video-edit-fast": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-o1-video-edit-fast";
            /** @description What happens in the video, 1 to 2500 Unicode code points. `<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of `element_list`, images with the first frame first, then the last one, then `image_urls`. */
            prompt: string;
            /**
             * @description Exactly one video: the one to change. An http or https URL that the server can fetch. MP4 or MOV, at most 100 MB, 3 to 10 s.
             * @example [
             *       "https://example.com/street.mp4"
             *     ]
             */
            video_urls: string[];
            /**
             * @description At most 4 images of what it should look like. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Whether the given video's own sound stays. No other sound is made.
             * @default true
             */
            keep_original_sound?: boolean;
            model_params?: Record<string, never>;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        Element: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            /** @example My Character */
            element_name: string;
            /** @example A young woman with long black hair and brown eyes */
            element_description: string;
            /**
             * @description Same as `reference_type`; some clients read this name.
             * @enum {string}
             */
            element_type: "image_refer" | "video_refer";
            /** @enum {string} */
            reference_type: "image_refer" | "video_refer";
            /**
             * @description Whether it can be used.
             * @enum {string}
             */
            status: "succeed" | "deleted";
            /** @description Voice bound to it. */
            element_voice_id?: string;
            /** @description Its categories, as the request named them; absent without any. */
            tag_list?: {
                /** @example o_102 */
                tag_id: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        ElementResult: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            elements: components["schemas"]["Element"][];
            /**
             * @description Who built it.
             * @example local
             */
            engine?: string;
            /** @description What should be better, each with its measured value: the first ones of the report that `GET /v1/elements/{element_id}` has in full. They warn, nothing more. */
            warnings?: ({
                code: string;
                message: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description How many the report has. */
            warning_count?: number;
            /** @description In the order of the request; of a clip one entry, with its frontal frame and its least score. */
            sources?: ({
                /** @example frontal_image */
                role: string;
                /** @description How sure its cut-out is, 0 to 1; below 0.7 better use the whole picture. */
                matte_confidence: number;
                /** @description Chance, 0 to 1, that it shows the subject of the frontal image; null for that one, and where a subject is missing: the report then says in which (`no_subject`, `nothing_visible`, `not_compared`). */
                same_subject: number | null;
            } & {
                [key: string]: unknown;
            })[];
            /** @description Name of the file that shows it best. */
            frontal_image?: string | null;
            /** @description Names of its files by role; `GET /v1/elements/{element_id}` links them. */
            files?: {
                [key: string]: unknown;
            };
            /**
             * @description Dominant colors of the subject, the largest share first.
             * @example [
             *       {
             *         "hex": "#ab311f",
             *         "share": 0.343
             *       }
             *     ]
             */
            colors?: {
                hex: string;
                share: number;
            }[];
            /** @description Scenes of the clip; null without one. */
            scene_count?: number | null;
            /** @description The voice sample of the clip; null without one. */
            voice?: ({
                duration_seconds: number;
                loudness_dbfs: number | null;
                speech_likely: boolean | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description ThumbHash of the frontal image in base64, to show while it loads. */
            placeholder_hash?: string;
        } & {
            [key: string]: unknown;
        };
        VideoResult: {
            /**
             * Format: uri
             * @description Same as `results[0]`.
             */
            video_url: string;
            /** @description Unix seconds at which the link ends, or ended when its owner deleted the video: `results` is empty then. */
            expires_at: number;
            /**
             * @description Who made it: `kling` is the official API, `animatic` a preview drawn on the server, no generated video.
             * @example animatic
             */
            engine: string;
            /**
             * @description Seconds.
             * @example 5
             */
            duration: number;
            /**
             * @description Pixels.
             * @example 1280
             */
            width: number;
            /**
             * @description Pixels.
             * @example 720
             */
            height: number;
            /**
             * @description Frames a second.
             * @example 24
             */
            frame_rate: number;
            has_sound: boolean;
            /** @description The elements in it, in the order of `element_list`. */
            element_ids: string[];
            /** @description Of an animatic: parts of the prompts of which it made nothing, as they stand. */
            not_understood?: string[];
            /** @description Where it is not what was asked for; it is charged by what it is then. Usually empty. */
            warnings?: {
                /** @enum {string} */
                code: "shorter_than_asked" | "longer_than_asked" | "smaller_than_asked" | "other_shape_than_asked" | "silent";
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        ImageResult: {
            images: {
                /**
                 * Format: uri
                 * @description The same as in `results`, in the same order.
                 */
                url: string;
                /**
                 * @description Pixels.
                 * @example 1360
                 */
                width: number;
                /**
                 * @description Pixels.
                 * @example 768
                 */
                height: number;
                /** @description Of further views of an element: which set it belongs to, from 0. */
                set?: number;
            }[];
            /** @description Unix seconds at which the links end. */
            expires_at: number;
            /**
             * @description Who made them: `kling` is the official API, `animatic` previews drawn on the server, no generated pictures.
             * @example animatic
             */
            engine: string;
            /** @description The elements in them, in the order of `element_list`. */
            element_ids: string[];
            /** @description Of an animatic: parts of the prompt of which it made nothing. */
            not_understood?: string[];
            /** @description Where they are not what was asked for; only what came is charged. Usually empty. */
            warnings: {
                /** @enum {string} */
                code: "fewer_than_asked" | "smaller_than_asked" | "other_shape_than_asked";
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        DryRunResult: {
            /** @enum {boolean} */
            dry_run: true;
            /**
             * @description Credits that the real request would reserve.
             * @example 1
             */
            would_reserve_credits: number;
            /**
             * @description Seconds that such a task usually takes.
             * @example 30
             */
            estimated_seconds: number;
            /** @description Of an element: what is good and what should be better. Empty of a video. */
            report: ({
                code: string;
                level: string;
                message: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description The given files, each with what was measured of it. */
            sources: {
                [key: string]: unknown;
            }[];
            /** @description Of an element. */
            preview?: {
                /**
                 * Format: uri
                 * @description All cut-outs side by side; ends like the links of a video.
                 */
                sheet_url: string;
            };
        } & {
            [key: string]: unknown;
        };
        Task: {
            /**
             * @description Unix seconds.
             * @example 1757169743
             */
            created: number;
            /** @example task-unified-1757169743-8dxnm6yz */
            id: string;
            /** @example kling-custom-element */
            model: string;
            /** @enum {string} */
            object: "video.generation.task" | "image.generation.task";
            /**
             * @description `completed`, `failed` and `cancelled` are final. A task that waits for its turn or for another attempt is `pending` (again).
             * @enum {string}
             */
            status: "pending" | "processing" | "completed" | "failed" | "cancelled";
            progress: number;
            /**
             * @description Kind of the model; element tasks are filed under video.
             * @enum {string}
             */
            type: "image" | "video" | "audio" | "text";
            /**
             * @description Only of dry runs: nothing is reserved, charged or made.
             * @enum {boolean}
             */
            dry_run?: true;
            /** @description Links to what was made, for a limited time; empty for an element. */
            results?: string[];
            /** @description What was made: an element, or facts of a video or of pictures whose links stand in `results`; of a dry run what it has found. */
            result_data?: components["schemas"]["ElementResult"] | components["schemas"]["VideoResult"] | components["schemas"]["ImageResult"] | components["schemas"]["DryRunResult"];
            /** @description Only of failed and cancelled tasks. */
            error?: {
                /** @example image_dimension_mismatch */
                code: string;
                /**
                 * @description The field, the measured value and the rule.
                 * @example model_params.element_image_list.refer_images[1].image_url: 280 × 640 px, each side must be at least 300 px
                 */
                message: string;
                /** @enum {string} */
                type: "task_error";
                /** @description What to do next. */
                suggestion?: string;
                /** @description Path of the request field at fault. */
                param?: string;
            };
            task_info: {
                /** @description Whether a cancel request would still succeed; false once final, and once a video or picture was sent to a service that bills it. */
                can_cancel: boolean;
                /**
                 * @description Seconds until it is expected to be finished.
                 * @example 30
                 */
                estimated_time?: number;
                /**
                 * @description What is being done right now.
                 * @example matte
                 */
                step?: string;
                /**
                 * @description Seconds of the finished video, rounded. Until then those asked for or, where the length follows a given video, the most it can have. Video tasks only.
                 * @example 5
                 */
                video_duration?: number;
            };
            usage: {
                /** @enum {string} */
                billing_rule: "per_call" | "per_second" | "per_token";
                /**
                 * @description Credits held back while the task is unfinished.
                 * @example 1
                 */
                credits_reserved?: number;
                /**
                 * @description Final charge; 0 for failed and cancelled tasks.
                 * @example 1
                 */
                credits_used?: number;
                /** @description The final charge; only of finished tasks. */
                cost?: {
                    /**
                     * @description Same as `credits_used`.
                     * @example 1
                     */
                    credits: number;
                    /** @description In US dollars, where the operator has said what a credit costs. */
                    usd?: number;
                };
                /** @example default */
                user_group: string;
            };
            /**
             * @description Seconds from acceptance to the final state.
             * @example 4.2
             */
            duration?: number;
        };
        /** @description Makes pictures from words, reference images and elements, together at most 10. */
        "kling-image-o1": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-image-o1";
            /** @description What the picture shows, 1 to 2500 Unicode code points. `<<<element_1>>>` and `<<<image_1>>>` name what was given, counted from 1, in the order of `element_list` and `image_urls`. */
            prompt: string;
            /**
             * @description Reference images: scene, style, things. At most 10 images and elements together. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Width to height. Also taken under the name `size`. `auto` follows what was given.
             * @default auto
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1" | "4:3" | "3:4" | "3:2" | "2:3" | "21:9" | "auto";
            /**
             * @description Size of each picture. Also taken under the name `resolution`.
             * @default 1k
             * @enum {string}
             */
            quality?: "1k" | "2k";
            /**
             * @description How many pictures to make; each is charged.
             * @default 1
             */
            n?: number;
            model_params?: {
                /** @description At most 10 images and elements together, elements of either kind. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description As O1 and newer, up to 4k. */
        "kling-image-o3": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-image-o3";
            /** @description What the picture shows, 1 to 2500 Unicode code points. `<<<element_1>>>` and `<<<image_1>>>` name what was given, counted from 1, in the order of `element_list` and `image_urls`. */
            prompt: string;
            /**
             * @description Reference images: scene, style, things. At most 10 images and elements together. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Width to height. Also taken under the name `size`. `auto` follows what was given.
             * @default auto
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1" | "4:3" | "3:4" | "3:2" | "2:3" | "21:9" | "auto";
            /**
             * @description Size of each picture. Also taken under the name `resolution`.
             * @default 1k
             * @enum {string}
             */
            quality?: "1k" | "2k" | "4k";
            /**
             * @description How many pictures to make; each is charged.
             * @default 1
             */
            n?: number;
            model_params?: {
                /** @description At most 10 images and elements together, elements of either kind. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes pictures from words or one image, with elements; says what not to show. */
        "kling-image-v3": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-image-v3";
            /** @description What the picture shows, 1 to 2500 Unicode code points. `<<<element_1>>>` and `<<<image_1>>>` name what was given, counted from 1, in the order of `element_list` and `image_urls`. */
            prompt: string;
            /** @description What the picture should not show, at most 2500 Unicode code points. Not beside `image_urls`. */
            negative_prompt?: string;
            /**
             * @description The image that the pictures are made after. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Width to height. Also taken under the name `size`.
             * @default 16:9
             * @enum {string}
             */
            aspect_ratio?: "16:9" | "9:16" | "1:1" | "4:3" | "3:4" | "3:2" | "2:3" | "21:9";
            /**
             * @description Size of each picture. Also taken under the name `resolution`.
             * @default 1k
             * @enum {string}
             */
            quality?: "1k" | "2k";
            /**
             * @description How many pictures to make; each is charged.
             * @default 1
             */
            n?: number;
            model_params?: {
                /** @description At most 10 images and elements together, elements of either kind. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        /** @description Makes further views of an element or of a frontal picture: three sets of three, of which one may be chosen. */
        "kling-image-angles": {
            /**
             * @description Selects the model and with it the shape of this body.
             * @enum {string}
             */
            model: "kling-image-angles";
            /**
             * @description The subject from the front, without an element. Each is an http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.
             * @example [
             *       "https://example.com/scene.jpg"
             *     ]
             */
            image_urls?: string[];
            model_params?: {
                /** @description One element, whose frontal picture is looked at. */
                element_list?: {
                    /**
                     * @description The 16 digits of `result_data.element_id`. A number is accepted too.
                     * @example 4810293847561029
                     */
                    element_id: string;
                }[];
            };
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        TaskRequest: {
            task_id: string;
            /**
             * @description The body in the documented form of its model, whichever form was sent: defaults filled in, without what had no effect. Stored files are named as `file:FILE_ID`.
             * @example {
             *       "model": "kling-o3-text-to-video",
             *       "prompt": "A lighthouse at dusk",
             *       "duration": 5,
             *       "quality": "720p"
             *     }
             */
            request: {
                [key: string]: unknown;
            };
            /**
             * @description Paths where pictures stood in the request itself. They are null in `request`; give them anew.
             * @example []
             */
            left_out: string[];
        };
        TaskLine: {
            id: string;
            /**
             * @description `completed`, `failed` and `cancelled` are final. A task that waits for its turn or for another attempt is `pending` (again).
             * @enum {string}
             */
            status: "pending" | "processing" | "completed" | "failed" | "cancelled";
            model: string;
            type: string;
            /** @description The element's name as it was asked for, or how the prompt of a video or picture begins. */
            title?: string;
            /** @description The element that the task has made, or the first that its video names. */
            element_id?: string;
            /**
             * @description Only of dry runs: nothing is reserved, charged or made.
             * @enum {boolean}
             */
            dry_run?: true;
            progress: number;
            /** @description Unix seconds. */
            created_at: number;
            has_results: boolean;
            has_error: boolean;
            credits_used: number;
        };
        CallbackAttempt: {
            /** @description Counted from 1, through all rounds. */
            attempt: number;
            /** Format: date-time */
            started_at: string;
            /**
             * @description Milliseconds; null while it is under way, and where its process died.
             * @example 82
             */
            duration_ms: number | null;
            /**
             * @description `accepted` for any status of 2xx, `bad_status` for any other one; without an answer `refused_url`, `refused_address`, `dns_failed`, `connect_failed`, `tls_failed`, `timed_out`, `connection_lost` or `bad_answer`. Null while it is under way, and where its process died.
             * @example bad_status
             */
            outcome: string | null;
            /**
             * @description Of the answer; null without one.
             * @example 503
             */
            status_code: number | null;
            /**
             * @description What went wrong, for people; null of an accepted attempt.
             * @example the answer has to be a status of 2xx
             */
            detail: string | null;
        };
        TaskCallbacks: {
            /**
             * @description `none`: the task named no `callback_url`; `waiting`: it is unfinished; `due`: an attempt is under way or follows; `delivered`; `given_up`: every attempt of the round has failed.
             * @enum {string}
             */
            state: "none" | "waiting" | "due" | "delivered" | "given_up";
            /** @example https://example.com/hook */
            url: string | null;
            /**
             * @description The header `webhook-id` of every attempt.
             * @example msg_task-unified-1757169743-8dxnm6yz
             */
            webhook_id: string | null;
            /** @description In their order; the newest hundred of very many. */
            attempts: components["schemas"]["CallbackAttempt"][];
        };
        CallbackTest: {
            /** @example msg_test_a1b2c3d4e5f6 */
            webhook_id: string;
            /** @description Counted from 1, through all rounds. */
            attempt: number;
            /** Format: date-time */
            started_at: string;
            /**
             * @description Milliseconds; null while it is under way, and where its process died.
             * @example 82
             */
            duration_ms: number | null;
            /**
             * @description `accepted` for any status of 2xx, `bad_status` for any other one; without an answer `refused_url`, `refused_address`, `dns_failed`, `connect_failed`, `tls_failed`, `timed_out`, `connection_lost` or `bad_answer`. Null while it is under way, and where its process died.
             * @example bad_status
             */
            outcome: string | null;
            /**
             * @description Of the answer; null without one.
             * @example 503
             */
            status_code: number | null;
            /**
             * @description What went wrong, for people; null of an accepted attempt.
             * @example the answer has to be a status of 2xx
             */
            detail: string | null;
        };
        GivenUpCallback: {
            task_id: string;
            url: string;
            webhook_id: string;
            attempts: number;
            /** Format: date-time */
            given_up_at: string;
        };
        CallbackSecret: {
            /** @example whsec_… */
            secret: string;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description From then on it signs no more; null of the newest.
             */
            expires_at: string | null;
        };
        ElementFile: {
            /** @example sheet.webp */
            name: string;
            /**
             * @description What it is.
             * @example upright
             * @example matte
             * @example cutout
             * @example thumbnail
             * @example sheet
             * @example frame
             */
            role: string;
            /** @example image/webp */
            media_type: string;
            bytes: number;
            /** @description Which of `sources` it was made of; null for all of them. */
            source: number | null;
            width_px?: number;
            height_px?: number;
            /**
             * Format: uri
             * @description Needs the key of the account.
             */
            url: string;
        } & {
            [key: string]: unknown;
        };
        ElementLine: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            /** @example My Character */
            element_name: string;
            /** @example A young woman with long black hair and brown eyes */
            element_description: string;
            /**
             * @description Same as `reference_type`; some clients read this name.
             * @enum {string}
             */
            element_type: "image_refer" | "video_refer";
            /** @enum {string} */
            reference_type: "image_refer" | "video_refer";
            /**
             * @description Whether it can be used.
             * @enum {string}
             */
            status: "succeed" | "deleted";
            /** @description Voice bound to it. */
            element_voice_id?: string;
            /** @description Its categories, as the request named them; absent without any. */
            tag_list?: {
                /** @example o_102 */
                tag_id: string;
            }[];
            /**
             * @description Free words of the account, set by `PATCH`; the Kling categories are `tag_list`.
             * @example [
             *       "hero",
             *       "season 2"
             *     ]
             */
            tags: string[];
            /** @description The id that it had where it was exported, when that one was not free here. */
            imported_from?: string;
            /** @description The task that made it; `adopted-…` or `imported-…` when it was taken over from elsewhere. */
            task_id: string;
            /**
             * @description Who built it.
             * @example local
             */
            engine: string;
            /** @description How often its cut-outs have changed, beginning at 1; names of changed files change with it. */
            revision: number;
            /** @description Unix seconds. */
            created: number;
            files: components["schemas"]["ElementFile"][];
        } & {
            [key: string]: unknown;
        };
        ElementDetails: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            /** @example My Character */
            element_name: string;
            /** @example A young woman with long black hair and brown eyes */
            element_description: string;
            /**
             * @description Same as `reference_type`; some clients read this name.
             * @enum {string}
             */
            element_type: "image_refer" | "video_refer";
            /** @enum {string} */
            reference_type: "image_refer" | "video_refer";
            /**
             * @description Whether it can be used.
             * @enum {string}
             */
            status: "succeed" | "deleted";
            /** @description Voice bound to it. */
            element_voice_id?: string;
            /** @description Its categories, as the request named them; absent without any. */
            tag_list?: {
                /** @example o_102 */
                tag_id: string;
            }[];
            /**
             * @description Free words of the account, set by `PATCH`; the Kling categories are `tag_list`.
             * @example [
             *       "hero",
             *       "season 2"
             *     ]
             */
            tags: string[];
            /** @description The id that it had where it was exported, when that one was not free here. */
            imported_from?: string;
            /** @description The task that made it; `adopted-…` or `imported-…` when it was taken over from elsewhere. */
            task_id: string;
            /**
             * @description Who built it.
             * @example local
             */
            engine: string;
            /** @description How often its cut-outs have changed, beginning at 1; names of changed files change with it. */
            revision: number;
            /** @description Unix seconds. */
            created: number;
            files: components["schemas"]["ElementFile"][];
            /** @description The reference images or the clip, each with what was measured of it. */
            sources: {
                [key: string]: unknown;
            }[];
            /**
             * @description Dominant colors of the subject, the largest share first.
             * @example [
             *       {
             *         "hex": "#ab311f",
             *         "share": 0.343
             *       }
             *     ]
             */
            colors: {
                hex: string;
                share: number;
            }[];
            /** @description What is good and what should be better, each with its measured value. It warns, nothing more. */
            report: ({
                code: string;
                level: string;
                message: string;
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        /** @description At least one of them. */
        ElementEdit: {
            /**
             * @description Name of the element, 1 to 20 Unicode code points.
             * @example My Character
             */
            element_name?: string;
            /**
             * @description What the subject looks like, 1 to 100 Unicode code points.
             * @example A young woman with long black hair and brown eyes
             */
            element_description?: string;
            /**
             * @description Free words to find it by, in the place of those it has; at most 20 of 1 to 40 characters.
             * @example [
             *       "hero",
             *       "season 2"
             *     ]
             */
            tags?: string[];
        };
        Cutout: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            /**
             * @description The picture.
             * @example frontal
             */
            view: string;
            /** @description Of the element; also the `ETag`. */
            revision: number;
            /**
             * @description Who found the subject.
             * @enum {string}
             */
            matte_source: "automatic" | "mended";
            /** @description How sure the cut-out is, 0 to 1; of a mended one 1. */
            matte_confidence: number;
            /** @description Of the upright picture, in whose pixels strokes are told. */
            width_px: number;
            height_px: number;
            /**
             * Format: uri
             * @description The upright picture. Needs the key of the account.
             */
            picture_url: string;
            /** @description Its matte, a grey PNG in which white is the subject, at most as large; null where none was found. */
            matte_url: string | null;
            /** @description The trimmed cut-out. */
            cutout_url: string | null;
            /** @description What it was mended with so far; empty while it is automatic. */
            strokes: {
                [key: string]: unknown;
            }[];
            /** @description What was measured of it. */
            facts: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        Mending: {
            /**
             * @description In their order, over the matte that the view has. Under a stroke the picture is kept or removed; what is like it and near follows. All together at most 2000 points.
             * @example [
             *       {
             *         "kind": "keep",
             *         "radius_px": 12,
             *         "points": [
             *           [
             *             310,
             *             220
             *           ],
             *           [
             *             330,
             *             260
             *           ]
             *         ]
             *       }
             *     ]
             */
            strokes?: {
                kind: "keep" | "remove";
                radius_px: number;
                points: number[][];
            }[];
            /**
             * @description A PNG as a data URL that takes the place of the matte before the strokes: its alpha channel or, where that says nothing, its grey. As large as the upright picture, or as its matte.
             * @example data:image/png;base64,iVBORw0…
             */
            alpha?: string;
            /** @description The revision that the change was made for; 409 when the element has another by now. As `If-Match`. */
            revision?: number;
        };
        Angles: {
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        AngleChoice: {
            /** @description The number of the set, as `result_data.images` has it. */
            set: number;
            /**
             * @description Name of the element, 1 to 20 Unicode code points.
             * @example My Character
             */
            element_name?: string;
            /**
             * @description What the subject looks like, 1 to 100 Unicode code points.
             * @example A young woman with long black hair and brown eyes
             */
            element_description?: string;
            /**
             * Format: uri
             * @description HTTPS URL, at most 2048 characters, not an internal address. Called once the task has completed, failed or been cancelled and its credits are settled, with the body that the task query returns.
             * @example https://your-domain.com/webhooks/video-task-completed
             */
            callback_url?: string;
            /**
             * @description With true the request is only checked, as far as it can be without making anything: a task like any other that reserves and charges nothing, makes no element, no video and no picture, and ends with what the real request would reserve, or with its error.
             * @example true
             */
            dry_run?: boolean;
        };
        ImportedElement: {
            /**
             * @description 16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it back as a string in `element_list`.
             * @example 4129876500123456
             */
            element_id: string;
            /** @example My Character */
            element_name: string;
            /** @example A young woman with long black hair and brown eyes */
            element_description: string;
            /**
             * @description Same as `reference_type`; some clients read this name.
             * @enum {string}
             */
            element_type: "image_refer" | "video_refer";
            /** @enum {string} */
            reference_type: "image_refer" | "video_refer";
            /**
             * @description Whether it can be used.
             * @enum {string}
             */
            status: "succeed" | "deleted";
            /** @description Voice bound to it. */
            element_voice_id?: string;
            /** @description Its categories, as the request named them; absent without any. */
            tag_list?: {
                /** @example o_102 */
                tag_id: string;
            }[];
            /**
             * @description Free words of the account, set by `PATCH`; the Kling categories are `tag_list`.
             * @example [
             *       "hero",
             *       "season 2"
             *     ]
             */
            tags: string[];
            /** @description The id that it had where it was exported, when that one was not free here. */
            imported_from?: string;
            /** @description The task that made it; `adopted-…` or `imported-…` when it was taken over from elsewhere. */
            task_id: string;
            /**
             * @description Who built it.
             * @example local
             */
            engine: string;
            /** @description How often its cut-outs have changed, beginning at 1; names of changed files change with it. */
            revision: number;
            /** @description Unix seconds. */
            created: number;
            files: components["schemas"]["ElementFile"][];
            /** @description The reference images or the clip, each with what was measured of it. */
            sources: {
                [key: string]: unknown;
            }[];
            /**
             * @description Dominant colors of the subject, the largest share first.
             * @example [
             *       {
             *         "hex": "#ab311f",
             *         "share": 0.343
             *       }
             *     ]
             */
            colors: {
                hex: string;
                share: number;
            }[];
            /** @description What is good and what should be better, each with its measured value. It warns, nothing more. */
            report: ({
                code: string;
                level: string;
                message: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description What of the archive could not be taken along, each with the reason; absent when all was. */
            left_out?: string[];
        } & {
            [key: string]: unknown;
        };
        StoredFile: {
            /** @example file_5k2m8q0w3x7z1a9b4c6d8e0f */
            file_id: string;
            /** @description As it was asked for, else as it was called where it came from. */
            file_name: string;
            /** @description As it was called where it came from, else as `file_name`. */
            original_name: string;
            /** @description Bytes. */
            file_size: number;
            /**
             * @description By its bytes, whatever was declared.
             * @example image/heic
             */
            mime_type: string;
            /** @description The caller's own order; it changes no address. */
            upload_path: string;
            sha256: string;
            /** @description Works without a key until `expires_at`, also in every URL field of a request. */
            file_url: string;
            /** @description As `file_url`, for a browser to save under `file_name`. */
            download_url: string;
            /** Format: date-time */
            upload_time: string;
            /** Format: date-time */
            expires_at: string;
        };
        FileError: {
            /** @enum {boolean} */
            success: false;
            code: number;
            msg: string;
            error: {
                /**
                 * @description Stable word for programs; each has an entry in the error guide.
                 * @example invalid_request
                 */
                code: string;
                /**
                 * @description For people: the field, the measured value and the rule.
                 * @example model_params.element_name: 24 characters, at most 20 are allowed
                 */
                message: string;
                /**
                 * @description Family of the code.
                 * @example invalid_request_error
                 */
                type: string;
                /**
                 * @description Path of the field at fault.
                 * @example model_params.element_name
                 */
                param?: string;
                /** @description What to do next. */
                suggestion?: string;
                /** @description The `X-Request-Id` of the answer. */
                request_id?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        FileQuota: {
            user_group: string;
            /** @description With uploads that are under way. */
            used_files: number;
            max_files: number;
            remain_files: number;
            /** @description With what uploads that are under way may become. */
            used_bytes: number;
            max_bytes: number;
            remain_bytes: number;
            is_custom: boolean;
            quota_reason: string;
        };
        Credits: {
            success: boolean;
            message: string;
            data: {
                /** @description The key of this request. */
                token: {
                    /** @description What the key may still spend now: the least of its total limit's rest, today's and the account's. */
                    remaining_credits: number;
                    used_credits: number;
                    /** @description Whether the key has neither a total nor a daily limit of its own. */
                    unlimited_credits: boolean;
                };
                /** @description The account that the key belongs to. */
                user: {
                    /** @description What can be reserved now. */
                    remaining_credits: number;
                    /** @description What was charged. */
                    used_credits: number;
                    /** @description What unfinished tasks hold. */
                    reserved_credits: number;
                };
            };
        };
        CreditsError: {
            error: {
                /**
                 * @description The status.
                 * @example 401
                 */
                code: number;
                /** @description For people. */
                message: string;
                /**
                 * @description Family of the error.
                 * @example authentication_error
                 */
                type: string;
                /**
                 * @description What is `code` on all other pages.
                 * @example unauthorized
                 */
                reason: string;
                /** @description The `X-Request-Id` of the answer. */
                request_id?: string;
            } & {
                [key: string]: unknown;
            };
        };
        Model: {
            /**
             * @description Name to send as `model`.
             * @example kling-custom-element
             */
            id: string;
            /** @enum {string} */
            object: "model";
            /** @description Unix seconds since when the model is part of the contract. */
            created: number;
            /** @enum {string} */
            owned_by: "troupe";
            /**
             * @description Kind of its tasks.
             * @enum {string}
             */
            type: "video" | "image";
            title: string;
            description: string;
            /** @enum {string} */
            billing_rule: "per_call" | "per_second" | "per_token";
            /**
             * @description Credits per call; with `per_second` those of one second at 720p without sound, of pictures those of one at 1k.
             * @example 1
             */
            credits: number;
            /** @description With `per_second`: the least that a video costs. */
            minimum_credits?: number;
            /** @description With `per_second` and of pictures: what `credits` is multiplied by, for each `quality` and `sound` there is. */
            multipliers?: {
                "720p"?: {
                    off: number;
                    on?: number;
                };
                "1080p"?: {
                    off: number;
                    on?: number;
                };
                "1k"?: {
                    off: number;
                    on?: number;
                };
                "2k"?: {
                    off: number;
                    on?: number;
                };
                "4k"?: {
                    off: number;
                    on?: number;
                };
            };
        };
        /** @description The models that the key may use. */
        Models: {
            /** @enum {string} */
            object: "list";
            data: components["schemas"]["Model"][];
            /** @description Hand it back as `cursor` for the next page; null after the last. */
            next_cursor: string | null;
        };
        CreatedKey: {
            key_id: number;
            name: string;
            /**
             * @description What it may do beside making things.
             * @enum {string}
             */
            role: "caller" | "manager" | "admin";
            account: {
                account_id: number;
                name: string;
            };
            /**
             * @description Its beginning and last four characters.
             * @example sk-troupe…Xy9z
             */
            hint: string;
            /** @description The public half of its pair, of a key that was made with one. */
            access_key?: string;
            /** @description Models that it may use; null for all. */
            allowed_models: string[] | null;
            /** @description What it may spend in all; null for no limit. */
            total_limit_credits: number | null;
            /** @description What it may spend from midnight to midnight UTC; null for no limit. */
            daily_limit_credits: number | null;
            used_credits: number;
            /** @description Since midnight UTC. */
            used_today_credits: number;
            /**
             * Format: date-time
             * @description When it ends; null for never.
             */
            expires_at: string | null;
            disabled: boolean;
            /**
             * Format: date-time
             * @description To the minute; null when it was never used.
             */
            last_used_at: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * @description The key itself, shown this once.
             * @example sk-troupe…
             */
            key: string;
            /** @description The secret half of its pair, shown this once. */
            secret_key?: string;
        };
        Account: {
            account_id: number;
            name: string;
            /** @description What can be reserved now. */
            remaining_credits: number;
            /** @description What unfinished tasks hold. */
            reserved_credits: number;
            /** @description What was charged. */
            used_credits: number;
            /** Format: date-time */
            created_at: string;
        };
        CatalogMeta: {
            /** @example 1 */
            schema_version: string;
            /**
             * @description The same as long as models and prices are.
             * @example cat_5a1c9e02
             */
            catalog_version: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description Until when the answer need not be asked for again.
             */
            fresh_until: string;
        };
        CatalogModel: {
            /** @example kling-o3-text-to-video */
            model_id: string;
            /** @example Kling O3 Text to Video */
            display_name: string;
            /** @enum {string} */
            provider: "kling";
            description: string;
            aliases: string[];
            /**
             * @example [
             *       "video"
             *     ]
             */
            capabilities: string[];
            /**
             * @example [
             *       "evolink-video-generations"
             *     ]
             */
            protocols: string[];
            /** @enum {string} */
            lifecycle: "preview" | "active" | "deprecated" | "retired";
            deprecates_at: string | null;
        };
        CatalogModels: {
            meta: components["schemas"]["CatalogMeta"];
            models: components["schemas"]["CatalogModel"][];
        };
        CatalogPrice: {
            /** @example kling-o3-text-to-video:1080p:sound-off */
            sku_id: string;
            model_id: string;
            /** @enum {string} */
            role: "output";
            /**
             * @description `USD` where the operator has said what a credit costs (`TROUPE_CREDIT_USD`), else `CREDITS`.
             * @example CREDITS
             */
            currency: string;
            /** @enum {string} */
            unit: "request" | "second" | "image";
            /**
             * @description Of one unit, in `currency`.
             * @example 7.2036
             */
            price: string;
            /**
             * @description The same in credits.
             * @example 7.2036
             */
            credits: string;
            /**
             * @description The least that one video costs.
             * @example 16.2
             */
            minimum_credits?: string;
            /** @example 1080p */
            quality?: string;
            /** @enum {string} */
            sound?: "on" | "off";
            official_price: null;
            /** Format: date-time */
            effective_at: string;
            source_url: null;
        };
        CatalogPrices: {
            meta: components["schemas"]["CatalogMeta"];
            prices: components["schemas"]["CatalogPrice"][];
        };
        EstimateRequest: {
            /** @example kling-o3-text-to-video */
            model_id: string;
            /** @example video-generation */
            operation?: string;
            /** @description What decides the price; any other field changes nothing. */
            input?: {
                /** @description How many requests, 1 to 100; default 1. */
                count?: number | string;
                /** @description Whole seconds asked for, or of the given video; also as `duration`. */
                duration_seconds?: number | string;
                /** @description `720p` by default. */
                quality?: string;
                /** @description `on` or `off`, the default. */
                sound?: string | boolean;
                /** @description Of motion control: `image` or `video`. */
                character_orientation?: string;
            } & {
                [key: string]: unknown;
            };
            /** @description The same under the name that other clients use. */
            parameters?: {
                /** @description How many requests, 1 to 100; default 1. */
                count?: number | string;
                /** @description Whole seconds asked for, or of the given video; also as `duration`. */
                duration_seconds?: number | string;
                /** @description `720p` by default. */
                quality?: string;
                /** @description `on` or `off`, the default. */
                sound?: string | boolean;
                /** @description Of motion control: `image` or `video`. */
                character_orientation?: string;
            } & {
                [key: string]: unknown;
            };
        };
        Estimate: {
            /** @example est_0f8fad5b */
            estimate_id: string;
            catalog_version: string;
            model_id: string;
            operation: string;
            /** @enum {string} */
            price_scope: "account";
            /**
             * @description `USD` where the operator has said what a credit costs (`TROUPE_CREDIT_USD`), else `CREDITS`.
             * @example CREDITS
             */
            currency: string;
            /**
             * @description What is expected to be charged, in `currency`.
             * @example 27
             */
            amount: string;
            amounts: {
                /** @example 27 */
                credits: string;
                /**
                 * @description In 10⁻⁴ credit, as the hosted service counts.
                 * @example 270000
                 */
                uc: string;
                usd?: string;
            };
            /**
             * @description What is held until the video is made: never less.
             * @example 27
             */
            credits_reserved: string;
            estimated_usage: {
                count: number;
                duration_seconds?: number;
                quality?: string;
                /** @enum {string} */
                sound?: "on" | "off";
            };
            /** @description What was taken for granted, in sentences. */
            assumptions: string[];
            /** Format: date-time */
            expires_at: string;
        };
        Transfer: {
            transfer_id: number;
            /**
             * @description `reserve` holds credits for a task; `settle` charges them, `release` gives the rest back, `refund` all.
             * @enum {string}
             */
            kind: "top_up" | "withdraw" | "reserve" | "settle" | "refund" | "release";
            /** @description How many were moved; `kind` says where to. */
            credits: number;
            task_id: string | null;
            note: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description What could be reserved after it, as of when the first page was read. Not with `task_id`. */
            balance_after?: number;
        };
        UsageLine: {
            /**
             * @description Day in UTC on which the tasks were accepted.
             * @example 2026-01-31
             */
            day?: string;
            model?: string;
            /** @description Also of a key that was deleted since. */
            key_id?: number;
            status?: string;
            tasks: number;
            /** @description Charged; unfinished tasks add nothing yet. */
            credits: number;
        };
        KlingAccountStatus: {
            /** @description What the settings call it: `default` is that of `TROUPE_KLING_API_KEY`. */
            name: string;
            /** @description The name, or the fingerprint of the key, that it is remembered under. */
            account: string;
            base_url: string;
            balance: {
                /** @description Of the packs that can be used. */
                remaining_units: number;
                /** Format: date-time */
                asked_at: string;
                packs: {
                    name: string;
                    status: string;
                    total_units: number;
                    remaining_units: number;
                    ends_at: number | null;
                }[];
            } | null;
            products: {
                /** @description Like `video/kling-v3`; `video` and the empty text are what they share. */
                product: string;
                in_work: number;
                /** @description Null of what holds no slots. */
                parallel_max: number | null;
                waiting: number;
                /** @description For want of room there. */
                paused: boolean;
                /** @description What has to be mended; null when all is well. */
                stop_reason: string | null;
                stopped_seconds: number;
            }[];
            /** @description Null: no limit. */
            budget: {
                units_per_day: number | null;
                account_units_per_day: number | null;
            };
            /** @description The last seven days (UTC) on which a video was sent, the latest first. */
            days: {
                /** @example 2026-11-27 */
                day: string;
                /** @description With the tasks for pictures. */
                videos: number;
                /** @description Failed there, which is not billed. */
                failed: number;
                /** @description Taken, or expected of what is in work. */
                units: number;
                usd: number;
            }[];
            /** @description Of the last 24 hours. */
            failures: {
                code: string;
                count: number;
            }[];
            elements: {
                /** @description At this account. */
                here: number;
                /** @description At accounts of other names. */
                elsewhere: number;
                /** @description Of both, deleted on this server and not there yet. */
                unwanted: number;
            };
            /** @description The latest videos that were made there. */
            costs: {
                task_id: string;
                /** @description Taken there; null where it did not say. */
                units: number | null;
                usd: number | null;
                /** @description Charged here; 0 of a task that failed. */
                charged_credits: number | null;
            }[];
        };
        /** @description The first account of the settings, and all of them in `accounts`. */
        KlingStatus: {
            /** @description What the settings call it: `default` is that of `TROUPE_KLING_API_KEY`. */
            name: string;
            /** @description The name, or the fingerprint of the key, that it is remembered under. */
            account: string;
            base_url: string;
            balance: {
                /** @description Of the packs that can be used. */
                remaining_units: number;
                /** Format: date-time */
                asked_at: string;
                packs: {
                    name: string;
                    status: string;
                    total_units: number;
                    remaining_units: number;
                    ends_at: number | null;
                }[];
            } | null;
            products: {
                /** @description Like `video/kling-v3`; `video` and the empty text are what they share. */
                product: string;
                in_work: number;
                /** @description Null of what holds no slots. */
                parallel_max: number | null;
                waiting: number;
                /** @description For want of room there. */
                paused: boolean;
                /** @description What has to be mended; null when all is well. */
                stop_reason: string | null;
                stopped_seconds: number;
            }[];
            /** @description Null: no limit. */
            budget: {
                units_per_day: number | null;
                account_units_per_day: number | null;
            };
            /** @description The last seven days (UTC) on which a video was sent, the latest first. */
            days: {
                /** @example 2026-11-27 */
                day: string;
                /** @description With the tasks for pictures. */
                videos: number;
                /** @description Failed there, which is not billed. */
                failed: number;
                /** @description Taken, or expected of what is in work. */
                units: number;
                usd: number;
            }[];
            /** @description Of the last 24 hours. */
            failures: {
                code: string;
                count: number;
            }[];
            elements: {
                /** @description At this account. */
                here: number;
                /** @description At accounts of other names. */
                elsewhere: number;
                /** @description Of both, deleted on this server and not there yet. */
                unwanted: number;
            };
            /** @description The latest videos that were made there. */
            costs: {
                task_id: string;
                /** @description Taken there; null where it did not say. */
                units: number | null;
                usd: number | null;
                /** @description Charged here; 0 of a task that failed. */
                charged_credits: number | null;
            }[];
            /** @description Every account of the settings, in their order. */
            accounts: components["schemas"]["KlingAccountStatus"][];
            /** @description Videos and elements in work at accounts that the settings do not name: they are held. */
            lost_tasks: number;
        };
        KlingCheck: {
            /** @description Whether nothing is wrong; warnings are not. */
            ok: boolean;
            checks: {
                /** @enum {string} */
                name: "key" | "balance" | "slots" | "voices" | "links";
                /** @enum {string} */
                level: "ok" | "warning" | "error";
                /** @description Which of several accounts it is about. */
                account?: string;
                message: string;
                /** @description What to change, where it is a setting. */
                setting?: string;
            }[];
        };
        Diagnosis: {
            healthy: boolean;
            checks: {
                /**
                 * @description `database`, `storage`, `video`, `disk`, …
                 * @example disk
                 */
                part: string;
                /** @description `broken`: something does not work; `off`: not set up, and nothing is wrong with that */
                status: "ok" | "warning" | "broken" | "off";
                /** @example 1.2 GiB are free in /var/lib/troupe, of 40.0 */
                message: string;
                /**
                 * @description How to mend it.
                 * @example make room there
                 */
                remedy?: string;
            }[];
        };
        LedgerCheck: {
            /** @description Whether nothing is wrong. */
            whole: boolean;
            discrepancies: {
                rule: "balance_differs" | "sum_not_zero" | "not_one_account" | "not_one_reservation" | "resolved_more_than_once" | "release_without_settlement" | "not_wholly_resolved" | "reservation_open";
                account_id: number;
                /** @description Null when the whole balance is meant. */
                task_id: string | null;
                /** @description What was found, with the amounts in microcredits. */
                detail: string;
            }[];
        };
        PresetElement: {
            /** @description The vendor's id. */
            element_id: string;
            element_name: string;
            element_description: string;
            reference_type: "image_refer" | "video_refer";
            frontal_image: string | null;
            voice_id: string | null;
        };
        Voice: {
            /** @description For `element_voice_id`. */
            voice_id: string;
            voice_name: string;
            /** @description Where it can be heard. */
            trial_url: string | null;
            /** @description The vendor's, which is everybody's. */
            is_preset: boolean;
        };
        OrderedVoice: {
            /** @description `in_progress` after a minute: it is in the list once it is made, and has to be granted then. */
            status: "made" | "in_progress";
            /** @description The vendor's. */
            task_id: string;
            /**
             * @description Which of the Kling accounts of the settings makes it: an element with this voice can be made there alone.
             * @example default
             */
            kling_account: string;
            voice: components["schemas"]["Voice"] | null;
        };
        KlingTask: {
            /**
             * @description The task's id in every form.
             * @example task-unified-1757169743-8dxnm6yz
             */
            task_id: string;
            /** @enum {string} */
            task_status: "submitted" | "processing" | "succeed" | "failed";
            /** @description Why it failed; else empty. */
            task_status_msg: string;
            task_info: {
                external_task_id?: string;
            };
            task_result?: {
                videos?: {
                    id: string;
                    /** @description A link that needs no key, for a limited time. */
                    url: string;
                    /**
                     * @description Seconds.
                     * @example 5
                     */
                    duration: string;
                }[];
                images?: {
                    index: number;
                    /** @description A link that needs no key, for a limited time. */
                    url?: string;
                    /** @description A link that needs no key, for a limited time. */
                    url_1?: string;
                    /** @description A link that needs no key, for a limited time. */
                    url_2?: string;
                    /** @description A link that needs no key, for a limited time. */
                    url_3?: string;
                }[];
                elements?: {
                    /** @description The `element_id`, as a whole number. */
                    element_id: number;
                    element_name: string;
                    element_description: string;
                    /** @enum {string} */
                    reference_type: "image_refer" | "video_refer";
                    element_image_list?: {
                        frontal_image: string;
                        refer_images: {
                            image_url: string;
                        }[];
                    };
                    element_video_list?: {
                        refer_videos: {
                            video_url: string;
                        }[];
                    };
                    element_voice_info?: {
                        voice_id: string;
                    };
                    tag_list: {
                        id: string;
                        name: string;
                        description: string;
                    }[];
                    owned_by: string;
                    /** @enum {string} */
                    status: "succeed" | "deleted";
                }[];
                voices?: {
                    voice_id: string;
                    voice_name: string;
                    trial_url?: string;
                    owned_by: string;
                }[];
            };
            /** @description Credits, of a task that has ended. */
            final_unit_deduction?: string;
            /** @description Unix milliseconds. */
            created_at: number;
            /** @description Unix milliseconds. */
            updated_at: number;
        };
        KlingError: {
            /**
             * @description The vendor's code: 1000 to 1303, 5000 to 5002.
             * @example 1201
             */
            code: number;
            /** @description The field, the measured value and the rule. */
            message: string;
            request_id: string;
        };
        Video: {
            /**
             * @description The id of the task.
             * @example task-unified-1757169780-k2v7q0ha
             */
            id: string;
            /** @enum {string} */
            object: "video";
            /**
             * @description The model that makes it.
             * @example kling-o3-text-to-video
             */
            model: string;
            /** @enum {string} */
            status: "queued" | "in_progress" | "completed" | "failed";
            progress: number;
            /** @description Unix seconds. */
            created_at: number;
            /** @description Unix seconds; null until it is completed. */
            completed_at: number | null;
            /** @description Unix seconds until which its content can be had; null until it is completed. */
            expires_at: number | null;
            /** @example 8 */
            seconds: string;
            /**
             * @description Width and height in pixels.
             * @example 1280x720
             */
            size: string;
            /** @description With marks for the characters. */
            prompt: string | null;
            remixed_from_video_id: null;
            /** @description Why it failed. */
            error: {
                code: string;
                message: string;
            } | null;
            /**
             * @description Of a request with `dry_run`: checked, nothing made or charged; `GET /v1/tasks/{task_id}` has its report.
             * @enum {boolean}
             */
            dry_run?: true;
        };
        VideosError: {
            error: {
                /** @description The field, the measured value and the rule. */
                message: string;
                /** @example invalid_request_error */
                type: string;
                /** @description The field at fault. */
                param: string | null;
                /** @example invalid_request */
                code: string;
                request_id: string;
            };
        };
        VideoList: {
            /** @enum {string} */
            object: "list";
            data: components["schemas"]["Video"][];
            first_id: string | null;
            /** @description Hand it back as `after`. */
            last_id: string | null;
            has_more: boolean;
        };
        Character: {
            /** @description The `element_id`, to be named in `characters`; while it is made, the id of its task, by which it can be asked for. */
            id: string;
            /** @enum {string} */
            object: "character";
            name: string;
            /** @description Unix seconds. */
            created_at: number;
            /** @enum {string} */
            status: "in_progress" | "completed" | "failed";
            error?: {
                code: string;
                message: string;
            };
        };
        DeletedVideo: {
            id: string;
            /** @enum {string} */
            object: "video.deleted";
            /** @enum {boolean} */
            deleted: true;
        };
        McpError: {
            /** @enum {string} */
            jsonrpc: "2.0";
            id: null;
            error: {
                code: number;
                message: string;
                data: {
                    code: string;
                    param?: string;
                    request_id: string;
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names this request in the log of the server.
         * @example req_c22c2afa130b47c2b8f29f8af89eb3e1
         */
        "X-Request-Id": string;
        /**
         * @description Seconds to wait before the request is repeated.
         * @example 2
         */
        "Retry-After": number;
        /**
         * @description Present when the `Idempotency-Key` had done this before: nothing was created, charged or moved now.
         * @example true
         */
        "Idempotency-Replayed": "true";
        /**
         * @description Paths of request fields that have no effect, percent-encoded and comma-separated.
         * @example model_params.seed
         */
        "Troupe-Ignored-Fields": string;
        /**
         * @description What is left of the rate limit of the key, draft-ietf-httpapi-ratelimit-headers.
         * @example "default";r=999;t=1
         */
        RateLimit: string;
        /**
         * @description The rate limit of the key: `q` requests in `w` seconds.
         * @example "default";q=6000;w=60
         */
        "RateLimit-Policy": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                        parts: {
                            /** @enum {string} */
                            database: "ok";
                            /** @enum {string} */
                            storage: "ok";
                            /** @description `stopped` when a sweep would move too many files aside: see the log */
                            sweep: string;
                            /** @description `stalled` when tasks or callbacks have been due for a minute and no worker takes them */
                            queue: string;
                        };
                    };
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": string;
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": components["schemas"]["Error"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Unix seconds. */
                expires: string;
                signature: string;
                /** @description Name of the file. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of it that was asked for. */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The link has ended. */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The range begins beyond the end of the file. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description An API key. */
                    key?: string;
                    /** @description What follows `#once=` in the address that the server printed. */
                    once?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "signed_out";
                    };
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createGeneration: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first task back and charges nothing more. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["kling-custom-element"] | components["schemas"]["kling-o3-text-to-video"] | components["schemas"]["kling-o3-image-to-video"] | components["schemas"]["kling-o3-reference-to-video"] | components["schemas"]["kling-o3-video-edit"] | components["schemas"]["kling-v3-text-to-video"] | components["schemas"]["kling-v3-image-to-video"] | components["schemas"]["kling-v3-motion-control"] | components["schemas"]["kling-v3-turbo-text-to-video"] | components["schemas"]["kling-v3-turbo-image-to-video"] | components["schemas"]["kling-o1-image-to-video"] | components["schemas"]["kling-o1-video-edit"] | components["schemas"]["kling-o1-video-edit-fast"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "Troupe-Ignored-Fields": components["headers"]["Troupe-Ignored-Fields"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createImages: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first task back and charges nothing more. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["kling-image-o1"] | components["schemas"]["kling-image-o3"] | components["schemas"]["kling-image-v3"] | components["schemas"]["kling-image-angles"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "Troupe-Ignored-Fields": components["headers"]["Troupe-Ignored-Fields"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: {
                /**
                 * @description Seconds to wait at most for another status than the task has now. A finished task is answered at once.
                 * @example 30
                 */
                wait?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTaskRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskRequest"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The link has ended. */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                page?: number;
                page_size?: number;
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
                /** @description `processing` includes tasks that still wait. */
                status?: "processing" | "completed" | "failed" | "cancelled";
                type?: "image" | "video" | "audio" | "text";
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TaskLine"][];
                        /** @description Only of a numbered page. */
                        total?: number;
                        /** @description Only of a numbered page. */
                        page?: number;
                        /** @description Only of a numbered page. */
                        page_size?: number;
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    task_ids: string[];
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Task"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event that was read, of the last 15 minutes: the stream goes on behind it. */
                "last-event-id"?: string;
            };
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description There is nothing more to come. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followTasks: {
        parameters: {
            query?: {
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
            };
            header?: {
                /** @description The `id` of the last event that was read, of the last 15 minutes: the stream goes on behind it. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getTaskCallbacks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallbacks"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resendCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCallbacks"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    testCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description By the rules of every `callback_url`.
                     * @example https://example.com/hook
                     */
                    callback_url: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallbackTest"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listGivenUpCallbacks: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Given up at this time or later. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GivenUpCallback"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listCallbackSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CallbackSecret"][];
                    };
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rotateCallbackSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CallbackSecret"][];
                    };
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listElements: {
        parameters: {
            query?: {
                /**
                 * @description Words that name, description or tags must all have, each by its beginning, in any case and with or without accents; Chinese, Japanese, Korean and Thai by any part.
                 * @example zoe
                 */
                query?: string;
                /** @description A tag or an id of `tag_list`, whole. */
                tag?: string;
                reference_type?: "image_refer" | "video_refer";
                order?: "newest" | "oldest" | "name";
                page?: number;
                page_size?: number;
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ElementLine"][];
                        /** @description Only of a numbered page. */
                        total?: number;
                        /** @description Only of a numbered page. */
                        page?: number;
                        /** @description Only of a numbered page. */
                        page_size?: number;
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getElement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ElementDetails"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteElement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        element_id: string;
                        /** @enum {string} */
                        status: "deleted";
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeElement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        /** @description At least one of them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ElementEdit"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ElementDetails"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getElementFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /** @example sheet.webp */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of it that was asked for. */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The range begins beyond the end of the file. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listElementUses: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TaskLine"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getCutout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /**
                 * @description A picture of the element: `frontal`, `refer-1` …, `frame-1` ….
                 * @example frontal
                 */
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cutout"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    mendCutout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the cut-out that was looked at: its revision in quotation marks. */
                "if-match"?: string;
            };
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /**
                 * @description A picture of the element: `frontal`, `refer-1` …, `frame-1` ….
                 * @example frontal
                 */
                view: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Mending"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cutout"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undoMending: {
        parameters: {
            query?: {
                /** @description The revision that the change was made for; 409 when the element has another by now. As `If-Match`. */
                revision?: number;
            };
            header?: {
                /** @description The `ETag` of the cut-out that was looked at: its revision in quotation marks. */
                "if-match"?: string;
            };
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /**
                 * @description A picture of the element: `frontal`, `refer-1` …, `frame-1` ….
                 * @example frontal
                 */
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cutout"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    previewCutout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the cut-out that was looked at: its revision in quotation marks. */
                "if-match"?: string;
            };
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /**
                 * @description A picture of the element: `frontal`, `refer-1` …, `frame-1` ….
                 * @example frontal
                 */
                view: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Mending"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createAngles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first task back and charges nothing more. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Angles"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    chooseAngles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gives the first task back and charges nothing more. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path: {
                /** @example 4129876500123456 */
                element_id: string;
                /**
                 * @description Begins with 'task-unified-'.
                 * @example task-unified-1757169743-8dxnm6yz
                 */
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AngleChoice"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The link has ended. */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportElement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    importElement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportedElement"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body came too slowly. */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    uploadEncodedFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A data URL, or bare base64. */
                    base64_data: string;
                    /** @description The caller's own order, like `cars/red`. */
                    upload_path?: string;
                    /** @description What to call it; default: as it is called. */
                    file_name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: components["schemas"]["StoredFile"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body came too slowly. */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    uploadFileFromUrl: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description http or https URL that the server can fetch, or `file:FILE_ID` for a copy. */
                    file_url: string;
                    /** @description The caller's own order, like `cars/red`. */
                    upload_path?: string;
                    /** @description What to call it; default: as it is called. */
                    file_name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: components["schemas"]["StoredFile"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body came too slowly. */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    getFileQuota: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: components["schemas"]["FileQuota"];
                    };
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    listFiles: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: {
                            /** @description Only of a numbered page. */
                            total?: number;
                            files: components["schemas"]["StoredFile"][];
                            /** @description Hand it back as `cursor` for the next page; null after the last. */
                            next_cursor: string | null;
                        };
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    deleteFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example file_5k2m8q0w3x7z1a9b4c6d8e0f */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: {
                            file_id: string;
                        };
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    getUploadReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: {
                            upload_id: string;
                            state: "done" | "outcome_unknown";
                            result_verified: boolean;
                            file?: components["schemas"]["StoredFile"];
                        };
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                /** @description Of a `download_url`; without it a key is due. */
                expires?: string;
                signature?: string;
            };
            header?: never;
            path: {
                /** @example file_5k2m8q0w3x7z1a9b4c6d8e0f */
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of it that was asked for. */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The link has ended. */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The range begins beyond the end of the file. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    getCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credits"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditsError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditsError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditsError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditsError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditsError"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example kling-custom-element */
                model_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Models"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Key"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description To tell keys apart; need not be unique. */
                    name: string;
                    /**
                     * @default caller
                     * @enum {string}
                     */
                    role?: "caller" | "manager" | "admin";
                    /** @description Id or name of its account, by default the asking key's; another one only for an admin. */
                    account?: number | string;
                    /** @description Whether it has a pair too, for programs that sign as clients of the official Kling API do: the answer holds `access_key` and `secret_key`. */
                    pair?: boolean;
                    /** @description Models that it may use; null for all. */
                    allowed_models?: string[] | null;
                    /** @description What it may spend in all, at most six decimals; null for no limit. */
                    total_limit_credits?: number | null;
                    /** @description What it may spend from midnight to midnight UTC; null for no limit. */
                    daily_limit_credits?: number | null;
                    /**
                     * @description When it ends: an ISO 8601 date in UTC, or a time with its offset; null for never.
                     * @example 2030-01-31T12:00:00Z
                     */
                    expires_at?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key_id: number;
                        /** @enum {string} */
                        status: "deleted";
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description To tell keys apart; need not be unique. */
                    name?: string;
                    /** @description Refused everywhere at once; false takes it back. */
                    disabled?: boolean;
                    /** @description Models that it may use; null for all. */
                    allowed_models?: string[] | null;
                    /** @description What it may spend in all, at most six decimals; null for no limit. */
                    total_limit_credits?: number | null;
                    /** @description What it may spend from midnight to midnight UTC; null for no limit. */
                    daily_limit_credits?: number | null;
                    /**
                     * @description When it ends: an ISO 8601 date in UTC, or a time with its offset; null for never.
                     * @example 2030-01-31T12:00:00Z
                     */
                    expires_at?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Account"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description No other account has it. */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    moveCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body moves the credits once. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path: {
                /** @example 2 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description At most six decimals, not 0; negative to withdraw.
                     * @example 100
                     */
                    credits: number;
                    /** @description Kept with the transfer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listCatalogModels: {
        parameters: {
            query?: {
                /** @description Only those with it: all have `video`, elements also `element`. */
                capability?: string;
                /** @description Only those in this state: all are `active`. */
                lifecycle?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogModels"];
                };
            };
            /** @description As the `ETag` in `If-None-Match`; without a body. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listCatalogPrices: {
        parameters: {
            query?: {
                /** @description Only the prices of this model; an unknown one has none. */
                model_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogPrices"];
                };
            };
            /** @description As the `ETag` in `If-None-Match`; without a body. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    estimatePrice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EstimateRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listTransfers: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
                /** @description Only what was held for this task, charged for it and given back; nothing for a task of somebody else. */
                task_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Transfer"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                    "text/csv": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /**
                 * @description Its first day, `2026-01-31`, in UTC, or the moment from which on. Default: 30 days up to `to`.
                 * @example 2026-01-31
                 */
                from?: string;
                /**
                 * @description Its last day, or the moment before which. Default: today.
                 * @example 2026-01-31
                 */
                to?: string;
                /**
                 * @description Of `day`, `model`, `key` and `status`, comma-separated; without it one row of all.
                 * @example day,model
                 */
                group_by?: string;
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["UsageLine"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getKlingStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingStatus"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    checkKling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingCheck"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getDiagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    checkLedger: {
        parameters: {
            query?: {
                /** @description `true`: no task is unfinished, and an open reservation is wrong too. */
                at_rest?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerCheck"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPresetElements: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PresetElement"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listVoices: {
        parameters: {
            query?: {
                /** @description Rows of a page at most. */
                limit?: number;
                /** @description `next_cursor` of the page before; absent for the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Voice"][];
                        /** @description Hand it back as `cursor` for the next page; null after the last. */
                        next_cursor: string | null;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createVoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    voice_name: string;
                    /** @description Public address of MP3, WAV, MP4 or MOV, 5 to 30 s, one clean voice. */
                    voice_url: string;
                    /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                    account?: string;
                    /** @description Which Kling account makes it, where the settings name several. Default: the first that takes it. */
                    kling_account?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderedVoice"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                voice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        voice_id: string;
                        /** @enum {boolean} */
                        deleted: true;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    grantVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                voice_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                    account?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        voice_id: string;
                        account_id: number;
                        granted: boolean;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revokeVoice: {
        parameters: {
            query?: {
                /** @description Id or name of the account (digits alone are an id). Only an admin may name another than the key's own. */
                account?: string;
            };
            header?: never;
            path: {
                voice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        voice_id: string;
                        account_id: number;
                        granted: boolean;
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    uploadFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description One file.
                     */
                    file: string;
                    /** @description The caller's own order, like `cars/red`. */
                    upload_path?: string;
                    /** @description What to call it; default: as it is called. */
                    file_name?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        success: true;
                        /** @enum {number} */
                        code: 200;
                        msg: string;
                        data: components["schemas"]["StoredFile"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body came too slowly. */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileError"];
                };
            };
        };
    };
    listKlingElements: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingElement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 20 characters. */
                    element_name: string;
                    /** @description At most 100 characters. */
                    element_description: string;
                    /** @enum {string} */
                    reference_type: "image_refer" | "video_refer";
                    element_image_list?: {
                        /** @description A URL, or base64. */
                        frontal_image: string;
                        refer_images: {
                            image_url: string;
                        }[];
                    };
                    element_video_list?: {
                        refer_videos: {
                            video_url: string;
                        }[];
                    };
                    element_voice_id?: string;
                    tag_list?: {
                        /** @example o_102 */
                        tag_id: string;
                    }[];
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingElement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingOmniVideos: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingOmniVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model_name?: string;
                    prompt?: string;
                    element_list?: {
                        /** @description The `element_id`, as a whole number. */
                        element_id: number;
                    }[];
                    /**
                     * @description 720p, 1080p, 4k.
                     * @enum {string}
                     */
                    mode?: "std" | "pro" | "4k";
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                    /**
                     * @description Whole seconds.
                     * @example 5
                     */
                    duration?: string;
                    /** @enum {string} */
                    sound?: "on" | "off";
                    /** @example 16:9 */
                    aspect_ratio?: string;
                    multi_shot?: boolean;
                    shot_type?: string;
                    multi_prompt?: {
                        index: number;
                        prompt: string;
                        duration: string;
                    }[];
                    image_list?: {
                        /** @description A URL, or base64. */
                        image_url: string;
                        /** @enum {string} */
                        type?: "first_frame" | "end_frame";
                    }[];
                    video_list?: {
                        video_url: string;
                        /**
                         * @default base
                         * @enum {string}
                         */
                        refer_type?: "base" | "feature";
                        /** @enum {string} */
                        keep_original_sound?: "yes" | "no";
                    }[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingOmniVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingImageVideos: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingImageVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model_name?: string;
                    prompt?: string;
                    element_list?: {
                        /** @description The `element_id`, as a whole number. */
                        element_id: number;
                    }[];
                    /**
                     * @description 720p, 1080p, 4k.
                     * @enum {string}
                     */
                    mode?: "std" | "pro" | "4k";
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                    /**
                     * @description Whole seconds.
                     * @example 5
                     */
                    duration?: string;
                    /** @enum {string} */
                    sound?: "on" | "off";
                    multi_shot?: boolean;
                    shot_type?: string;
                    multi_prompt?: {
                        index: number;
                        prompt: string;
                        duration: string;
                    }[];
                    negative_prompt?: string;
                    /** @description The first frame: a URL, or base64. */
                    image?: string;
                    /** @description The last frame. */
                    image_tail?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingImageVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingTextVideos: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingTextVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model_name?: string;
                    prompt?: string;
                    element_list?: {
                        /** @description The `element_id`, as a whole number. */
                        element_id: number;
                    }[];
                    /**
                     * @description 720p, 1080p, 4k.
                     * @enum {string}
                     */
                    mode?: "std" | "pro" | "4k";
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                    /**
                     * @description Whole seconds.
                     * @example 5
                     */
                    duration?: string;
                    /** @enum {string} */
                    sound?: "on" | "off";
                    /** @example 16:9 */
                    aspect_ratio?: string;
                    multi_shot?: boolean;
                    shot_type?: string;
                    multi_prompt?: {
                        index: number;
                        prompt: string;
                        duration: string;
                    }[];
                    negative_prompt?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingTextVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingMotionVideos: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingMotionVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model_name?: string;
                    prompt?: string;
                    element_list?: {
                        /** @description The `element_id`, as a whole number. */
                        element_id: number;
                    }[];
                    /**
                     * @description 720p, 1080p, 4k.
                     * @enum {string}
                     */
                    mode?: "std" | "pro" | "4k";
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                    /** @description The character: a URL, or base64. */
                    image_url: string;
                    /** @description The motion. */
                    video_url: string;
                    /** @enum {string} */
                    keep_original_sound?: "yes" | "no";
                    /** @enum {string} */
                    character_orientation: "image" | "video";
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingMotionVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingOmniImages: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingOmniImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    model_name?: string;
                    /** @description At most 2,500 characters. */
                    prompt: string;
                    element_list?: {
                        /** @description The `element_id`, as a whole number. */
                        element_id: number;
                    }[];
                    /**
                     * @default 1k
                     * @enum {string}
                     */
                    resolution?: "1k" | "2k" | "4k";
                    /** @default 1 */
                    n?: number;
                    /** @example 16:9 */
                    aspect_ratio?: string;
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                    image_list?: {
                        /** @description A URL, or base64. */
                        image: string;
                    }[];
                    /** @enum {string} */
                    result_type?: "single";
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingOmniImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingAngless: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingAngles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What is to be seen from other sides: a URL, or base64. */
                    element_frontal_image: string;
                    /** @description Told of the end in this form, signed as Standard Webhooks are. */
                    callback_url?: string;
                    /** @description What the caller calls the task, once: a repetition is refused and makes nothing. */
                    external_task_id?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingAngles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    deleteKlingElement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Not the id of its task. */
                    element_id: number | string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    deleteKlingAdvancedElement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Not the id of its task. */
                    element_id: number | string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingPresetElements: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingVoices: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    createKlingVoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    voice_name: string;
                    /** @description Public address of MP3, WAV, MP4 or MOV, 5 to 30 s, one clean voice. */
                    voice_url: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listKlingPresetVoices: {
        parameters: {
            query?: {
                pageNum?: number;
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"][];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingVoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task, or its `external_task_id`.
                 * @example shot-12
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    deleteKlingVoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    voice_id: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: components["schemas"]["KlingTask"];
                    };
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    getKlingCosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {number} */
                        code: 0;
                        message: string;
                        request_id: string;
                        data: {
                            /** @enum {number} */
                            code: 0;
                            msg: string;
                            resource_pack_subscribe_infos: {
                                resource_pack_name: string;
                                resource_pack_id: string;
                                resource_pack_type: string;
                                total_quantity: number;
                                remaining_quantity: number;
                                /** @description Unix milliseconds. */
                                purchase_time: number;
                                /** @description Unix milliseconds. */
                                effective_time: number;
                                /** @description Unix milliseconds. */
                                invalid_time: number;
                                status: string;
                            }[];
                        };
                    };
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KlingError"];
                };
            };
        };
    };
    listVideos: {
        parameters: {
            query?: {
                /** @description The `last_id` of the page before. */
                after?: string;
                limit?: number;
                /** @description By their time. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoList"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    createVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gives the first video back and charges nothing more. Quotes around it are no part of it. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Other fields are those of the model's own request, such as `sound` or `callback_url`. */
        requestBody: {
            content: {
                "application/json": {
                    /** @description What happens in it. `@name`, or the name of a character that `characters` names, becomes its mark. */
                    prompt: string;
                    /**
                     * @description A video model of `GET /v1/models`. `sora-2`, `sora-2-pro` and none are what this server makes in their place (`TROUPE_VIDEOS_SORA_2`, `TROUPE_VIDEOS_SORA_2_PRO`).
                     * @example sora-2
                     */
                    model?: string;
                    /**
                     * @description Whole seconds that the model takes. Default: 4 where the model takes them.
                     * @example 8
                     */
                    seconds?: string | number;
                    /**
                     * @description Width and height: 720 or 1280 make 720p, 1024, 1080, 1792 or 1920 make 1080p, 2160 and 3840 make 4k. Default: 720x1280, of a model named by Troupe's own name that model's.
                     * @example 1280x720
                     */
                    size?: string;
                    /** @description The first frame. */
                    input_reference?: string | {
                        /** @description A URL, or a data URL. */
                        image_url?: string;
                        /** @description A file that is kept here (`/api/v1/files`). */
                        file_id?: string;
                    };
                    /** @description Who is in it, in the order in which marks count them. */
                    characters?: {
                        /** @description An `element_id`. */
                        id: string;
                    }[];
                } & {
                    [key: string]: unknown;
                };
                "multipart/form-data": {
                    /** @description What happens in it. `@name`, or the name of a character that `characters` names, becomes its mark. */
                    prompt: string;
                    /**
                     * @description A video model of `GET /v1/models`. `sora-2`, `sora-2-pro` and none are what this server makes in their place (`TROUPE_VIDEOS_SORA_2`, `TROUPE_VIDEOS_SORA_2_PRO`).
                     * @example sora-2
                     */
                    model?: string;
                    /**
                     * @description Whole seconds that the model takes. Default: 4 where the model takes them.
                     * @example 8
                     */
                    seconds?: string | number;
                    /**
                     * @description Width and height: 720 or 1280 make 720p, 1024, 1080, 1792 or 1920 make 1080p, 2160 and 3840 make 4k. Default: 720x1280, of a model named by Troupe's own name that model's.
                     * @example 1280x720
                     */
                    size?: string;
                    /** @description The first frame. */
                    input_reference?: string | {
                        /** @description A URL, or a data URL. */
                        image_url?: string;
                        /** @description A file that is kept here (`/api/v1/files`). */
                        file_id?: string;
                    };
                    /** @description Who is in it, in the order in which marks count them. */
                    characters?: {
                        /** @description An `element_id`. */
                        id: string;
                    }[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    createCharacter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description At most 20 characters. */
                    name: string;
                    /**
                     * Format: binary
                     * @description A clip of at most 8 s of one person.
                     */
                    video: string;
                    /** @description What the person looks like; default: the name. */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Character"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The key may not use this model, or its role is too low. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The body came too slowly. */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    getCharacter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 4129876500123456 */
                character_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Character"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    getVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task.
                 * @example task-unified-1757169780-k2v7q0ha
                 */
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    deleteVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task.
                 * @example task-unified-1757169780-k2v7q0ha
                 */
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedVideo"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The request contradicts an earlier one or the state of the task. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    getVideoContent: {
        parameters: {
            query?: {
                /** @description The MP4; its first frame as WebP; four of its frames in one JPEG, two by two. */
                variant?: "video" | "thumbnail" | "spritesheet";
            };
            header?: never;
            path: {
                /**
                 * @description The id of its task.
                 * @example task-unified-1757169780-k2v7q0ha
                 */
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of it that was asked for. */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The link has ended. */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The range begins beyond the end of the file. */
            416: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    remixVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of its task.
                 * @example task-unified-1757169780-k2v7q0ha
                 */
                video_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    editVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    extendVideo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video"];
                };
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideosError"];
                };
            };
        };
    };
    sendMcpMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description As the answer to the first message named it. */
                "mcp-session-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    jsonrpc: "2.0";
                    method?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Taken; a notification has no answer. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The body is not of the type that is taken. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
        };
    };
    endMcpSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description As the answer to the first message named it. */
                "mcp-session-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request breaks a rule; `param` names the field. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The API key is missing or unknown. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The account or the key has too few credits, or the key is disabled or expired. */
            402: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description There is no such thing, or it belongs to somebody else. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description Too many requests or unfinished tasks; no task was created. See `Retry-After`. */
            429: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description Something went wrong on the server. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
            /** @description The server can not work right now; no task was created. See `Retry-After`. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["McpError"];
                };
            };
        };
    };
    taskFinished: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same in every attempt.
                 * @example msg_2b7f3a0c9d5e4f61
                 */
                "webhook-id": string;
                /**
                 * @description Unix seconds of this attempt.
                 * @example 1757169748
                 */
                "webhook-timestamp": string;
                /**
                 * @description `v1,` and a signature, several apart by spaces.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQ==
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Task"];
            };
        };
        responses: {
            /** @description Accepted; nothing more is sent. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As any other answer and none: another attempt, at most four in all. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
